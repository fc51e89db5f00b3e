import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

function control(emulator: Emulator, name: string, body?: unknown): Promise<Answer> {
  return send(emulator, body === undefined ? 'GET' : 'POST', `/_emulator/${name}`, { body, token: null })
}

test('the list of roads names every road there is', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await control(emulator, '')
  for (const road of Object.keys(json.roads)) {
    const [method = '', path = ''] = road.split(' ')
    const { status } = await send(emulator, method, path, { body: method === 'POST' ? {} : undefined })
    assert.notEqual(status, 501, road)
  }
})

/** The first column of a table of the README: roads, those after the first of a row written as `.../name`. */
function roadsInReadme(heading: string): string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [, section = ''] = readme.split(`\n## ${heading}\n`)
  const [table = ''] = section.split(/\n## |\nEvery other road/)
  return [...table.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) => {
    const [first = '', ...more] = [...cell.matchAll(/`([^`]+)`/g)].map(([, road = '']) => road)
    const above = first.slice(0, first.lastIndexOf('/'))
    const roads = more.map((road) => (/^(?:\.\.\.)?\//.test(road) ? above + road.replace('...', '') : road))
    return [first, ...roads].map((road) => (cell.endsWith(' and below') ? `${road}...` : road))
  })
}

/** A road as a pattern: every part in braces is anything, and so is what stands for three dots at the end. */
function patternOf(road: string): RegExp {
  const path = road.replace(/^[A-Z ]+(?=[/{])/, '').replace('{d}', '/services/data/vNN.0')
  const parts = path.replace(/(?:\.\.\.|\/\*)$/, '').replace(/NN\.0$/, path.includes('data') ? 'NN.0' : '{version}')
  const open = /(?:\.\.\.|\/\*)$/.test(path) ? '(?:/.*)?' : ''
  return new RegExp(`^[A-Z]+ ${parts.replace(/[.|]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+')}${open}$`)
}

test('the README has the roads of the list, and no others', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await control(emulator, '')
  const written = (roads: readonly string[]): string[] =>
    [...new Set(roads.map((road) => road.replace(/\/$/, '')))].sort()
  assert.deepEqual(written(roadsInReadme('Control plane')), written(['GET /_emulator/', ...Object.keys(json.roads)]))
})

test('the README tells of every road that is covered, and of no other', async (t) => {
  const emulator = await startEmulator(t)
  const covered: string[] = (await control(emulator, '')).json.covered
  const told = roadsInReadme('What it covers').filter((road) => /[/{]/.test(road))
  assert.deepEqual(
    covered.filter((road) => !told.some((one) => patternOf(one).test(road))),
    [],
  )
  assert.deepEqual(
    told.filter((one) => !covered.some((road) => patternOf(one).test(road))),
    [],
  )
})

test('seed creates records, all or none', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await control(emulator, 'seed', { object: 'account', records: [{ Name: 'A' }, { name: 'B' }] })
  assert.equal(json.ids.length, 2)
  const bad = await control(emulator, 'seed', { object: 'Account', records: [{ Name: 'C' }, { Nope: 1 }] })
  assert.equal(bad.status, 400)
  const { json: counts } = await send(emulator, 'GET', data('/limits/recordCount?sObjects=Account'))
  assert.equal(counts.sObjects[0].count, 2)
  assert.match((await control(emulator, 'seed', {})).json[0].message, /seed needs/)
})

test('a user may be given the permission to hard delete, and nothing that is no permission', async (t) => {
  const emulator = await startEmulator(t)
  const { clientId, clientSecret } = emulator.credentials
  const status = async (bulkApiHardDelete: unknown): Promise<number> => {
    const user = { username: `u${bulkApiHardDelete}@forcewire.example`, password: 'secret' }
    const added = await control(emulator, 'users', { ...user, bulkApiHardDelete })
    if (added.status !== 200) return added.status
    const form = { grant_type: 'password', ...user, client_id: clientId, client_secret: clientSecret }
    const { json } = await send(emulator, 'POST', '/services/oauth2/token', {
      body: new URLSearchParams(form),
      token: null,
    })
    const body = { object: 'Account', operation: 'hardDelete' }
    return (await send(emulator, 'POST', data('/jobs/ingest'), { body, token: json.access_token })).status
  }
  assert.deepEqual([await status(true), await status(false), await status('yes')], [200, 400, 400])
})

test('faults are armed by JSON, with a pattern between slashes, and cleared', async (t) => {
  const emulator = await startEmulator(t)
  const faults = [
    { path: '/\\/limits$/', status: 500 },
    { path: '/sobjects', status: 502, times: 9 },
  ]
  assert.deepEqual((await control(emulator, 'faults', faults)).json, { armed: 2 })
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 500)
  assert.equal((await send(emulator, 'GET', data('/sobjects'))).status, 502)
  await control(emulator, 'faults', { clear: true })
  assert.equal((await send(emulator, 'GET', data('/sobjects'))).status, 200)
  for (const bad of [{}, 1, { path: '/x' }, { path: '/(/', status: 500 }]) {
    assert.equal((await control(emulator, 'faults', bad)).status, 400, JSON.stringify(bad))
  }
})

test('pace takes its three forms and nothing else', async (t) => {
  const emulator = await startEmulator(t)
  for (const pace of ['at-once', { reads: 2 }, { milliseconds: 10 }]) {
    assert.deepEqual((await control(emulator, 'pace', { pace })).json, { pace })
  }
  for (const pace of ['fast', { reads: -1 }, { reads: 1, milliseconds: 1 }, null]) {
    assert.equal((await control(emulator, 'pace', { pace })).status, 400)
  }
})

test('a certificate that is none is refused', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await control(emulator, 'certificates', { certificate: 'nonsense' })
  assert.equal(status, 400)
  assert.match(json[0].message, /PEM/)
})

test('reset brings back the state of the start and keeps the credentials good', async (t) => {
  const emulator = await startEmulator(t)
  const { json: made } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  emulator.faults.add({ path: '/limits', status: 500 })
  await control(emulator, 'reset', {})
  assert.deepEqual(emulator.requests(), [])
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${made.id}`))).status, 404)
  const { status, headers } = await send(emulator, 'GET', data('/limits'))
  assert.deepEqual([status, headers.get('sforce-limit-info')], [200, 'api-usage=2/100000'])
})

test('requests lists what arrived, without secrets and without the control plane', async (t) => {
  const emulator = await startEmulator(t)
  const { clientId, clientSecret, accessToken } = emulator.credentials
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_secret: clientSecret,
    client_id: clientId,
  })
  await send(emulator, 'POST', `/services/oauth2/token?client_secret=${clientSecret}&x=1`, { body: form, token: null })
  await send(emulator, 'GET', data(`/query?q=SELECT+Id+FROM+Account&oauth_token=${accessToken}`))
  const { json, text } = await control(emulator, 'requests')
  assert.deepEqual(
    json.requests.map(({ method, path, query, status }: Record<string, unknown>) => ({ method, path, query, status })),
    [
      { method: 'POST', path: '/services/oauth2/token', query: { x: '1' }, status: 200 },
      { method: 'GET', path: data('/query'), query: { q: 'SELECT Id FROM Account' }, status: 200 },
    ],
  )
  assert.ok(!text.includes(accessToken))
  assert.ok(!text.includes(clientSecret))
})

test('a web page cannot reach the control plane by its Origin or by a name of its own', async (t) => {
  const emulator = await startEmulator(t)
  const origin = await send(emulator, 'POST', '/_emulator/reset', { headers: { origin: 'https://evil.example' } })
  assert.equal(origin.status, 403)
  const { port } = new URL(emulator.url)
  assert.equal(await statusFor(emulator, `evil.example:${port}`), 403)
  assert.equal(await statusFor(emulator, `localhost:${port}`), 200)
  assert.equal(await statusFor(emulator, `[::1]:${port}`), 200)
})

function statusFor(emulator: Emulator, host: string, road = 'requests'): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${emulator.url}/_emulator/${road}`, { headers: { host } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

test('the list of roads tells what is covered, and none of it is 501', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await control(emulator, '')
  assert.ok(json.covered.includes('GET /services/data'))
  assert.ok(json.covered.includes('PATCH /services/data/vNN.0/sobjects/{object}/{id}'), String(json.covered))
  assert.ok(!json.covered.some((road: string) => road.includes('_emulator')))
  for (const road of json.covered as string[]) {
    const [method = '', path = ''] = road.split(' ')
    const sent = path
      .replace('vNN.0', 'v67.0')
      .replace('{api}', 'u')
      .replace(/\{\w+\}|\*/g, 'x')
    const headers = { 'content-type': 'application/json' }
    const { status } = await send(emulator, method, sent, { headers, body: method === 'GET' ? undefined : '{}' })
    assert.notEqual(status, 501, road)
  }
})

test('what is armed can be read, with patterns and for ever as text', async (t) => {
  const emulator = await startEmulator(t)
  await control(emulator, 'faults', [{ path: '/\\/limits$/', status: 500, times: 'always' }])
  const { json } = await control(emulator, 'faults')
  assert.deepEqual(json.faults, [{ path: '/\\/limits$/', status: 500, times: 'always', skipping: 0, left: 'always' }])
  await control(emulator, 'faults', { clear: true })
  assert.deepEqual((await control(emulator, 'faults', json.faults.map(settings))).json, { armed: 1 })
})

test('of several faults none is armed when one makes no sense', async (t) => {
  const emulator = await startEmulator(t)
  const { status, json } = await control(emulator, 'faults', [
    { path: '/a', status: 500 },
    { path: '/b', status: 5 },
  ])
  assert.equal(status, 400)
  assert.match(json[0].message, /status of a fault must be/)
  assert.deepEqual(emulator.faults.list(), [])
})

test('jobs are looked on without counting as status reads', async (t) => {
  const emulator = await startEmulator(t)
  emulator.pace.set({ reads: 1 })
  const { json: made } = await send(emulator, 'POST', data('/jobs/ingest'), {
    body: { object: 'Account', operation: 'insert' },
  })
  const headers = { 'content-type': 'text/csv' }
  await send(emulator, 'PUT', `/${made.contentUrl}`, { body: 'Name\nA\n\n', headers })
  await send(emulator, 'PATCH', data(`/jobs/ingest/${made.id}`), { body: { state: 'UploadComplete' } })
  const view = async () => (await control(emulator, 'jobs')).json.jobs[0]
  const { createdDate, ...waiting } = await view()
  assert.match(createdDate, /^\d{4}-.+Z$/)
  const common = { id: made.id, object: 'Account', operation: 'insert', failed: 0 }
  assert.deepEqual(waiting, { ...common, state: 'UploadComplete', processed: 0, progress: 0 })
  await send(emulator, 'GET', data(`/jobs/ingest/${made.id}`))
  const { state, processed, progress } = await view()
  assert.deepEqual([state, processed, progress], ['JobComplete', 1, 1])
  const query = { operation: 'query', query: 'SELECT Id FROM Account' }
  await send(emulator, 'POST', data('/jobs/query'), { body: query })
  assert.equal((await view()).operation, 'query')
})

test('the credentials are told, but to no page and under no foreign name', async (t) => {
  const emulator = await startEmulator(t)
  assert.deepEqual((await control(emulator, 'credentials')).json, { ...emulator.credentials })
  for (const headers of [{ origin: 'null' }, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }]) {
    assert.equal((await send(emulator, 'GET', '/_emulator/credentials', { headers })).status, 403)
  }
  const everywhere = await startEmulator(t, { host: '0.0.0.0' })
  const { port } = new URL(everywhere.url)
  assert.equal(await statusFor(everywhere, `evil.example:${port}`, 'credentials'), 403)
})

/** What a listed fault was armed with. */
function settings({ skipping, left, ...fault }: Record<string, unknown>): object {
  return fault
}
