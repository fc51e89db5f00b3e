import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../src/bin/emulator.ts', import.meta.url))

function run(t: TestContext, ...flags: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--no-warnings', program, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  return child
}

async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout)
  const lines = createInterface(child.stdout)
  const [line] = (await once(lines, 'line')) as [string]
  return line
}

async function ending(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, errors }
}

test('it prints one line of JSON that is enough to log in, and ends with 0 on SIGTERM', async (t) => {
  const child = run(t, '--port', '0', '--seed', 'empty')
  const line = JSON.parse(await firstLine(child))
  assert.deepEqual(Object.keys(line), [
    'url',
    'username',
    'password',
    'securityToken',
    'clientId',
    'clientSecret',
    'accessToken',
    'refreshToken',
    'redirectUri',
    'privateKey',
  ])
  const headers = { authorization: `Bearer ${line.accessToken}` }
  assert.equal((await fetch(`${line.url}/services/data/v67.0/limits`, { headers })).status, 200)
  child.kill('SIGTERM')
  assert.equal((await ending(child)).code, 0)
})

test('it ends with 0 on SIGINT even while a client keeps a connection', async (t) => {
  const child = run(t, '--port', '0', '--seed', 'empty')
  const { url } = JSON.parse(await firstLine(child))
  await (await fetch(`${url}/services/data`)).text()
  child.kill('SIGINT')
  assert.equal((await ending(child)).code, 0)
})

for (const [what, flags, fault] of [
  ['by a fault', [], { path: '/services/data', delay: 3_600_000 }],
  ['by latency', ['--latency', '3600000'], undefined],
] as const) {
  test(`it ends on SIGTERM though an answer is held back ${what}`, { timeout: 60_000 }, async (t) => {
    const child = run(t, '--port', '0', '--seed', 'empty', ...flags)
    const { url } = JSON.parse(await firstLine(child))
    if (fault !== undefined) {
      const headers = { 'content-type': 'application/json' }
      await fetch(`${url}/_emulator/faults`, { method: 'POST', headers, body: JSON.stringify(fault) })
    }
    const held = assert.rejects(fetch(`${url}/services/data`))
    const received = async (): Promise<number> => {
      const response = await fetch(`${url}/_emulator/requests`)
      return ((await response.json()) as { requests: unknown[] }).requests.length
    }
    while ((await received()) === 0);
    child.kill('SIGTERM')
    assert.equal((await ending(child)).code, 0)
    await held
  })
}

test('a taken port is one sentence and exit code 1', async (t) => {
  const first = run(t, '--port', '0', '--seed', 'empty')
  const { port } = new URL(JSON.parse(await firstLine(first)).url)
  const second = run(t, '--port', port, '--seed', 'empty')
  const { code, errors } = await ending(second)
  assert.equal(code, 1)
  assert.equal(
    errors,
    `Port ${port} is taken by another process; choose another with --port, or --port 0 for a free one.\n`,
  )
})

test('a data file that is no database is one sentence and exit code 1', async (t) => {
  const { code, errors } = await ending(run(t, '--port', '0', '--data', program))
  assert.equal(code, 1)
  assert.match(errors, /cannot be used as a database \(.+\); name a SQLite file, or a new one, with --data\.\n$/)
  assert.equal(errors.trim().split('\n').length, 1)
})

for (const [flags, words] of [
  [['--port', 'many'], /--port.*whole number/],
  [['--port', '70000'], /--port.*up to 65535/],
  [['--fault', '/limits 503 often'], /--fault.*"often" is none of the words of a fault/],
  [['--api-limit', '-1'], /--api-limit.*whole number/],
  [['--latency', '9999999999'], /--latency.*up to 2147483647/],
  [['--session-seconds', '0'], /--session-seconds.*from 1 up/],
  [['--host', ''], /--host.*must not be empty/],
  [['--data', ' '], /--data.*must not be empty/],
  [['--metadata', 'nothing.json'], /^nothing\.json cannot be read as metadata: there is none\.$/m],
  [['--metadata', 'nothing.ts'], /^nothing\.ts cannot be read as metadata: /m],
  [['--nonsense'], /unknown option '--nonsense'/],
  [['org.sqlite'], /too many arguments/],
  [['--seed', 'nothing.json'], /^nothing\.json cannot be read: there is none\.$/m],
  [['--schema', 'nothing.json'], /^nothing\.json cannot be read: there is none\.$/m],
  [['--users', program], /is not JSON/],
  [['--describe', program], /cannot be read: it is no folder/],
] as const) {
  test(`${flags.join(' ')} is refused in a sentence, with exit code 2 and nothing on stdout`, async (t) => {
    const child = run(t, '--port', '0', ...flags)
    let output = ''
    child.stdout?.on('data', (chunk) => {
      output += chunk
    })
    const { code, errors } = await ending(child)
    assert.equal(code, 2)
    assert.match(errors, words)
    assert.equal(errors.trim().split('\n').length, 1, errors)
    assert.equal(output, '')
  })
}

test('faults, an API limit, records and users of the command line are there from the start', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-flags-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = (name: string, content: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(content))
    return join(folder, name)
  }
  const seed = file('seed.json', { Account: [{ Name: 'Seeded' }] })
  const users = file('users.json', [{ username: 'second@forcewire.example', password: 'pass' }])
  const faults = ['--fault', 'GET /limits 503 SERVER_UNAVAILABLE', '--fault', '/sobjects delay=1']
  const child = run(t, '--port', '0', '--seed', seed, '--users', users, ...faults, '--api-limit', '3')
  const { url, accessToken, clientId, clientSecret } = JSON.parse(await firstLine(child))
  const get = (path: string) =>
    fetch(`${url}/services/data/v67.0${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
  assert.equal((await get('/limits')).status, 503)
  const limits = (await (await get('/limits')).json()) as { DailyApiRequests: unknown }
  assert.deepEqual(limits.DailyApiRequests, { Max: 3, Remaining: 2 })
  const found = await get(`/query?q=${encodeURIComponent('SELECT Name FROM Account')}`)
  assert.match(await found.text(), /"Seeded"/)
  assert.equal((await get('/sobjects')).status, 200)
  assert.equal((await get('/sobjects')).status, 403)
  const login = new URLSearchParams({
    ...{ grant_type: 'password', client_id: clientId, client_secret: clientSecret },
    ...{ username: 'second@forcewire.example', password: 'pass' },
  })
  assert.equal((await fetch(`${url}/services/oauth2/token`, { method: 'POST', body: login })).status, 200)
})

test('a seed file with a record that the org refuses is one sentence with its place', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-flags-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const seed = join(folder, 'seed.json')
  writeFileSync(seed, JSON.stringify({ Account: [{ Name: 'A' }, { Name: 'B', Nope: 1 }] }))
  const { code, errors } = await ending(run(t, '--port', '0', '--seed', seed))
  assert.equal(code, 2)
  assert.equal(
    errors,
    `${seed} has a record that the org refuses: Account[1]: No such column 'Nope' on sobject of type Account\n`,
  )
})

for (const [flag, name, content, words] of [
  ['--describe', 'case.json', { response: {} }, /case\.json is no describe: it must hold an answer of sobjects/],
  ['--schema', 'schema.json', { objects: 5 }, /schema\.json must hold \{"objects"/],
  ['--schema', 'schema.json', { fields: { Account: [{ name: 'X__c' }] } }, /schema\.json has fields of Account .*type/],
  ['--schema', 'schema.json', { objects: [{ name: 'Invoice' }] }, /schema\.json: .*Invoice; such a name ends in __c/],
  ['--metadata', 'org.json', { flows: [] }, /org\.json has flows, which is none of/],
  [
    '--metadata',
    'org.json',
    { reports: [{ name: 'R', object: 'Lead', columns: ['No'] }] },
    /org\.json: Report R: Lead has/,
  ],
  [
    '--users',
    'users.json',
    [{ username: 'a@b.example', password: '' }],
    /users\.json has an entry \[0\] .*a user needs/,
  ],
  [
    '--users',
    'users.json',
    [{ username: 'a', password: 'b', token: 'c' }],
    /users\.json has an entry \[0\] .*no token/,
  ],
] as const) {
  test(`${flag} with ${JSON.stringify(content)} names the file in a sentence, with exit code 2`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'forcewire-flags-'))
    t.after(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, name), JSON.stringify(content))
    const path = flag === '--describe' ? folder : join(folder, name)
    const { code, errors } = await ending(run(t, '--port', '0', '--seed', 'empty', flag, path))
    assert.equal(code, 2, errors)
    assert.match(errors, words)
    assert.equal(errors.trim().split('\n').length, 1, errors)
  })
}

test('a data file belongs to one process, until that ends in whatever way', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-flags-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'org.sqlite')
  const first = run(t, '--port', '0', '--seed', 'empty', '--data', data)
  await firstLine(first)
  const { code, errors } = await ending(run(t, '--port', '0', '--seed', 'empty', '--data', data))
  assert.equal(code, 1)
  assert.equal(
    errors,
    `${data} is in use by another emulator or program; stop that one, or choose another file with --data.\n`,
  )
  const ended = once(first, 'close')
  first.kill('SIGKILL')
  await ended
  await firstLine(run(t, '--port', '0', '--seed', 'empty', '--data', data))
})

test('--help shows every option and examples on stdout and ends with 0', async (t) => {
  const child = run(t, '--help')
  let output = ''
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  assert.deepEqual(await ending(child), { code: 0, errors: '' })
  for (const text of ['--api-limit', '--fault', '--users', 'Examples:', 'POST /jobs/ingest 503']) {
    assert.ok(output.includes(text), text)
  }
})

test('it stops a running job, an upload and an answer that nobody reads, and ends with 0 on SIGTERM', {
  timeout: 60_000,
}, async (t) => {
  const child = run(t, '--port', '0', '--seed', 'empty')
  const { url, accessToken } = JSON.parse(await firstLine(child))
  const jobs = `${url}/services/data/v67.0/jobs/ingest`
  const call = (method: string, path: string, body?: BodyInit, type = 'application/json') =>
    fetch(path, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': type },
      ...(body !== undefined && { body, duplex: 'half' as const }),
    })
  const create = async (): Promise<string> => {
    const answer = await call('POST', jobs, '{"object":"Account","operation":"insert"}')
    return `${jobs}/${((await answer.json()) as { id: string }).id}`
  }
  const job = await create()
  await call('PUT', `${job}/batches`, `Name\n${'A long enough name of an account\n'.repeat(300_000)}`, 'text/csv')
  await call('PATCH', job, '{"state":"UploadComplete"}')
  const stalled = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('Name\n')) })
  const second = await create()
  const upload = assert.rejects(call('PUT', `${second}/batches`, stalled, 'text/csv'))
  const state = async (): Promise<string> => {
    const answer = (await (await fetch(`${url}/_emulator/jobs`)).json()) as { jobs: { state: string }[] }
    return answer.jobs.map((view) => view.state).join(' ')
  }
  while (!(await state()).includes('InProgress'));
  const unread = await call('GET', `${url}/services/data/v67.0/sobjects`)
  child.kill('SIGTERM')
  const { code, errors } = await ending(child)
  assert.equal(code, 0)
  assert.doesNotMatch(errors, /Error/)
  await upload
  await unread.body?.cancel().catch(() => {})
})
