import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

test('a method that a covered road has not is 405 with those that it has', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  for (const [method, path, allowed] of [
    ['PATCH', data('/sobjects/Account'), 'HEAD,GET,POST'],
    ['POST', data(`/sobjects/Account/${json.id}`), 'HEAD,GET,PATCH,DELETE'],
    ['PUT', data(`/sobjects/Account/${json.id}`), 'HEAD,GET,PATCH,DELETE'],
    ['PATCH', data('/sobjects/Account/describe'), 'HEAD,GET'],
    ['POST', data('/limits'), 'HEAD,GET'],
    ['GET', data('/composite/sobjects'), 'POST,PATCH,DELETE'],
    ['GET', data('/composite/graph'), 'POST'],
    ['POST', data('/query'), 'HEAD,GET'],
    ['PUT', data('/jobs/ingest/750000000000001AAA'), 'HEAD,GET,PATCH,DELETE'],
    ['DELETE', '/services/data', 'HEAD,GET'],
    ['PATCH', '/services/oauth2/userinfo', 'HEAD,GET,POST'],
    ['GET', '/services/Soap/u/60.0', 'POST'],
  ] as const) {
    const headers = { 'content-type': 'application/json' }
    const answer = await send(emulator, method, path, { headers, ...(method !== 'GET' && { body: 'no JSON' }) })
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, allowed], `${method} ${path}`)
    const message = `HTTP Method '${method}' not allowed. Allowed are ${allowed}`
    assert.deepEqual(answer.json, [{ message, errorCode: 'METHOD_NOT_ALLOWED' }])
  }
})

test('a session is asked for before the method', async (t) => {
  const emulator = await startEmulator(t)
  assert.equal((await send(emulator, 'PUT', data('/limits'), { token: null })).status, 401)
})

test('a subrequest with a method that its road has not is 405 in its result', async (t) => {
  const emulator = await startEmulator(t)
  const url = data('/sobjects/Account')
  const body = { compositeRequest: [{ method: 'PATCH', url, referenceId: 'wrong', body: {} }] }
  const { json } = await send(emulator, 'POST', data('/composite'), { body })
  assert.equal(json.compositeResponse[0].httpStatusCode, 405)
})

test('HEAD answers as GET does, without a body', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const record = data(`/sobjects/Account/${json.id}`)
  for (const path of ['/services/data', data('/limits'), record, data('/query?q=SELECT+Id+FROM+Account')]) {
    const [head, get] = [await send(emulator, 'HEAD', path), await send(emulator, 'GET', path)]
    assert.deepEqual([head.status, head.text], [200, ''], path)
    assert.equal(head.headers.get('content-type'), get.headers.get('content-type'))
    assert.equal(head.headers.get('etag'), get.headers.get('etag'))
  }
  const etag = String((await send(emulator, 'HEAD', record)).headers.get('etag'))
  assert.equal((await send(emulator, 'HEAD', record, { headers: { 'if-none-match': etag } })).status, 304)
  assert.equal((await send(emulator, 'HEAD', data('/sobjects/Nothing'))).status, 404)
})

test('a POST takes the method that its _HttpMethod names', async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const record = data(`/sobjects/Account/${json.id}`)
  assert.equal((await send(emulator, 'POST', `${record}?_HttpMethod=PATCH`, { body: { Name: 'B' } })).status, 204)
  assert.equal((await send(emulator, 'GET', `${record}?fields=Name`)).json.Name, 'B')
  assert.equal((await send(emulator, 'POST', `${record}?_HttpMethod=EAT`, { body: {} })).status, 405)
  assert.equal((await send(emulator, 'GET', `${record}?_HttpMethod=DELETE`)).status, 200)
  assert.equal((await send(emulator, 'POST', `${record}?fields=Id&_HttpMethod=DELETE`)).status, 204)
  assert.equal((await send(emulator, 'GET', record)).status, 404)
})
