import assert from 'node:assert/strict'
import { get } from 'node:http'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

function page(emulator: Emulator, soql?: string): Promise<Answer> {
  const query = soql === undefined ? '' : `?soql=${encodeURIComponent(soql)}`
  return send(emulator, 'GET', `/${query}`, { token: null })
}

/** The text of a page without its tags, as somebody reads it. */
function shown({ text }: Answer): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_entity, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ')
}

test('the page shows requests, records, faults and pace without a script', async (t) => {
  const emulator = await startEmulator(t, { apiLimit: 1234 })
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  emulator.faults.add({ method: 'post', path: '/query', status: 503, skip: 1, times: 2 })
  emulator.pace.set({ reads: 2 })
  const answer = await page(emulator)
  assert.equal(answer.status, 200)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
  const text = shown(answer)
  assert.match(text, /1 request, 1 of 1,234 API calls/)
  assert.match(text, /POST \/services\/data\/v67\.0\/sobjects\/Account 201/)
  assert.match(text, /Account 1 /)
  assert.match(text, /POST \/query 503 2 times more, after 1 request/)
  assert.match(text, /Background jobs: end at status read 2/)
})

test('records are counted anew after a change', async (t) => {
  const emulator = await startEmulator(t)
  assert.doesNotMatch(shown(await page(emulator)), /Account 1 /)
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  // Counting may take a share of the time only: soon it is done again.
  while (!/Account 1 /.test(shown(await page(emulator))));
})

test('a job is shown with its state and what it says', async (t) => {
  const emulator = await startEmulator(t)
  emulator.pace.set({ reads: 1 })
  const body = { object: 'Account', operation: 'insert' }
  const { json } = await send(emulator, 'POST', data('/jobs/ingest'), { body })
  const headers = { 'content-type': 'text/csv' }
  await send(emulator, 'PUT', `/${json.contentUrl}`, { body: 'Nope\nA\n', headers })
  await send(emulator, 'PATCH', data(`/jobs/ingest/${json.id}`), { body: { state: 'UploadComplete' } })
  assert.ok(shown(await page(emulator)).includes(`insert Account ${json.id} UploadComplete 0 0`))
  await send(emulator, 'GET', data(`/jobs/ingest/${json.id}`))
  assert.match(shown(await page(emulator)), /Failed InvalidBatch : Field name not found : Nope/)
})

test('a query shows its records, parents by path, and counts as no call', async (t) => {
  const emulator = await startEmulator(t)
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: '<b>A & B</b>' } })
  const answer = await page(emulator, 'SELECT Name, Owner.Name, (SELECT Id FROM Contacts) FROM Account')
  assert.match(shown(answer), /1 row Name Owner\.Name Contacts <b>A & B<\/b> Dana Demo/)
  assert.ok(!answer.text.includes('<b>'), 'what records hold is escaped')
  assert.match(shown(await page(emulator, 'SELECT Count() FROM Account')), /Count: 1/)
  assert.match(shown(await page(emulator, 'SELECT Id FROM Case')), /No record matches/)
  assert.equal(emulator.requests().length, 1)
})

test('a query that is refused shows the code, the place and the words', async (t) => {
  const emulator = await startEmulator(t)
  const answer = await page(emulator, 'SELECT Nope FROM Account')
  assert.equal(answer.status, 200)
  assert.match(shown(answer), /INVALID_FIELD SELECT Nope FROM Account \^ ERROR at Row:1:Column:8 No such column 'Nope'/)
  assert.match(shown(await page(emulator, '<script>')), /MALFORMED_QUERY/)
})

test('the page and its assets hold no secret and load nothing from elsewhere', async (t) => {
  const emulator = await startEmulator(t)
  const answers = [await page(emulator, 'SELECT Id FROM User')]
  for (const asset of ['status.js', 'status.css']) {
    answers.push(await send(emulator, 'GET', `/_emulator/${asset}`, { token: null }))
  }
  for (const { status, text } of answers) {
    assert.equal(status, 200)
    for (const [name, secret] of Object.entries(emulator.credentials)) {
      if (!['redirectUri', 'username'].includes(name)) assert.ok(!text.includes(secret), name)
    }
    assert.deepEqual(text.match(/https?:\/\/[^\s'"<)]+/g)?.filter(isElsewhere) ?? [], [])
  }
  const policy = answers[0]?.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /unsafe/)

  function isElsewhere(url: string): boolean {
    return !url.startsWith(emulator.url) && !url.startsWith('http://www.w3.org/2000/svg')
  }
})

test('another site may link to the page and neither read nor embed it', async (t) => {
  const emulator = await startEmulator(t)
  const from = { 'sec-fetch-site': 'cross-site' }
  assert.equal(await statusFor(emulator, { ...from, 'sec-fetch-mode': 'navigate' }), 200)
  assert.equal(await statusFor(emulator, { ...from, 'sec-fetch-mode': 'no-cors' }), 403)
  assert.equal(await statusFor(emulator, { origin: 'https://evil.example' }), 403)
  assert.equal(await statusFor(emulator, { host: 'evil.example' }), 403)
})

/** Node's fetch sets some of these headers itself, so it cannot play a browser. */
function statusFor({ url }: Emulator, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).on('error', reject)
  })
}
