import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'

const xml = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: false })

function undelete(
  emulator: Emulator,
  ids: readonly string[],
  { token = emulator.credentials.accessToken, allOrNone = '', api = 'u/67.0' } = {},
): Promise<Answer> {
  const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com"><e:Header>
    <SessionHeader><sessionId>${token}</sessionId></SessionHeader>${allOrNone}</e:Header><e:Body><undelete>
    ${ids.map((id) => `<ids>${id}</ids>`).join('')}</undelete></e:Body></e:Envelope>`
  const headers = { 'content-type': 'text/xml' }
  return send(emulator, 'POST', `/services/Soap/${api}`, { body, headers, token: null })
}

async function family(emulator: Emulator): Promise<{ account: string; contact: string }> {
  const body = {
    Account: [{ attributes: { referenceId: 'a' }, Name: 'A' }],
    Contact: [{ LastName: 'L', AccountId: '@a' }],
  }
  const { json } = await send(emulator, 'POST', '/_emulator/seed', { body })
  const [account, contact] = json.ids
  await send(emulator, 'DELETE', data(`/sobjects/Account/${account}`))
  return { account, contact }
}

for (const api of ['u/67.0', 'c/58.0', 'u/58.0/00D000000000001']) {
  test(`undelete brings a record back with its children, at ${api}`, async (t) => {
    const emulator = await startEmulator(t)
    const { account, contact } = await family(emulator)
    const { status, text } = await undelete(emulator, [account], { api })
    assert.equal(status, 200)
    const { Header, Body } = xml.parse(text).Envelope
    assert.deepEqual(Body.undeleteResponse.result, { id: account, success: 'true' })
    assert.deepEqual(Header.LimitInfoHeader.limitInfo, { current: '2', limit: '100000', type: 'API REQUESTS' })
    for (const [object, id] of [
      ['Account', account],
      ['Contact', contact],
    ]) {
      assert.equal((await send(emulator, 'GET', data(`/sobjects/${object}/${id}`))).status, 200, object)
    }
  })
}

test('what cannot come back fails by itself, with the code that says why', async (t) => {
  const emulator = await startEmulator(t)
  const { account, contact } = await family(emulator)
  const member = '00v000000000001AAA'
  const { text } = await undelete(emulator, ['006i000004DAKd', '001000000000999AAA', member, contact, account, account])
  const { result } = xml.parse(text).Envelope.Body.undeleteResponse
  const codes = result.map(({ success, errors }: { success: string; errors?: { statusCode: string } }) =>
    success === 'true' ? success : errors?.statusCode,
  )
  assert.deepEqual(codes, [
    'MALFORMED_ID',
    'INVALID_CROSS_REFERENCE_KEY',
    'INVALID_TYPE_FOR_OPERATION',
    'UNDELETE_FAILED',
    'true',
    'UNDELETE_FAILED',
  ])
  assert.deepEqual(result[0], {
    errors: { message: 'bad id 006i000004DAKd', statusCode: 'MALFORMED_ID' },
    id: { '@_nil': 'true' },
    success: 'false',
  })
})

test('one record that cannot come back keeps all in the bin where the AllOrNoneHeader says so', async (t) => {
  const emulator = await startEmulator(t)
  const { account } = await family(emulator)
  const allOrNone = '<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>'
  const { text } = await undelete(emulator, [account, 'x'], { allOrNone })
  assert.match(text, /<statusCode>ALL_OR_NONE_OPERATION_ROLLED_BACK</)
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${account}`))).status, 404)
})

test('undelete takes 200 Ids of a live session, and counts as a call', async (t) => {
  const emulator = await startEmulator(t, { apiLimit: 1 })
  const code = ({ text }: Answer): string | undefined => /<faultcode>sf:(\w+)</.exec(text)?.[1]
  assert.equal(code(await undelete(emulator, ['x'], { token: 'dead' })), 'INVALID_SESSION_ID')
  const many = await undelete(emulator, Array(201).fill('001000000000001AAA'))
  assert.equal(code(many), 'EXCEEDED_ID_LIMIT')
  assert.match(many.text, /xsi:type="sf:UnexpectedErrorFault"/)
  assert.equal(code(await undelete(emulator, ['x'])), 'REQUEST_LIMIT_EXCEEDED')
})

test('the control plane brings records back, all or none', async (t) => {
  const emulator = await startEmulator(t)
  const { account, contact } = await family(emulator)
  const ask = (body: unknown): Promise<Answer> => send(emulator, 'POST', '/_emulator/undelete', { body, token: null })
  const refused = await ask({ ids: [account, contact] })
  assert.equal(refused.status, 400)
  assert.match(refused.json[0].message, /^ids\[1\]: Entity is not in the recycle bin$/)
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Account/${account}`))).status, 404)
  for (const bad of [{}, { ids: 'x' }, { ids: [1] }, []]) {
    assert.match((await ask(bad)).json[0].message, /undelete needs/)
  }
  assert.deepEqual((await ask({ ids: [account.slice(0, 15)] })).json, { undeleted: [account] })
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Contact/${contact}`))).status, 200)
})
