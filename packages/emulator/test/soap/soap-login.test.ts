import assert from 'node:assert/strict'
import { test } from 'node:test'
import { XMLParser } from 'fast-xml-parser'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

const xml = new XMLParser({ removeNSPrefix: true, parseTagValue: false })

function login(emulator: Emulator, road: string, username: string, password: string): Promise<Answer> {
  const body = `<?xml version="1.0" encoding="utf-8"?>
    <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
      <env:Body><n1:login xmlns:n1="urn:partner.soap.sforce.com">
        <n1:username>${username}</n1:username><n1:password>${password}</n1:password>
      </n1:login></env:Body>
    </env:Envelope>`
  const headers = { 'content-type': 'text/xml; charset=UTF-8', SOAPAction: 'login' }
  return send(emulator, 'POST', `/services/Soap/${road}`, { body, headers, token: null })
}

test('login answers a session that opens data roads, at both endpoints', async (t) => {
  const emulator = await startEmulator(t)
  const { username, password, securityToken } = emulator.credentials
  for (const road of ['u/58.0', 'c/64.0', 'u/50.0/00D000000000001']) {
    const { status, text, headers } = await login(emulator, road, username, password + securityToken)
    assert.equal(status, 200, road)
    assert.equal(headers.get('content-type'), 'text/xml;charset=UTF-8')
    const { result } = xml.parse(text).Envelope.Body.loginResponse
    assert.match(result.serverUrl, new RegExp(`^${emulator.url}/services/Soap/[uc]/\\d\\d\\.0/00D\\w{12}$`))
    assert.equal(result.userInfo.userName, username)
    assert.equal(result.userInfo.sessionSecondsValid, '7200')
    assert.equal(result.passwordExpired, 'false')
    const { status: opened } = await send(emulator, 'GET', data('/limits'), { token: result.sessionId })
    assert.equal(opened, 200)
  }
})

test('a wrong password is HTTP 500 and the recorded fault', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const { status, text } = await login(emulator, 'u/58.0', emulator.credentials.username, 'no')
  const recorded = recordedCase('soap-login-failure').response
  assert.equal(status, recorded.status)
  assert.deepEqual(xml.parse(text).Envelope.Body, xml.parse(recorded.body).Envelope.Body)
  assert.match(text, /<faultcode>sf:INVALID_LOGIN</)
})

test('the password needs the security token behind it', async (t) => {
  const emulator = await startEmulator(t)
  const { username, password } = emulator.credentials
  assert.equal((await login(emulator, 'u/58.0', username, password)).status, 500)
})

test('character references of XML are read, by number and by name', async (t) => {
  const user = { username: `o'neil@example.com`, password: 'a&b<c>"d' }
  const emulator = await startEmulator(t, { users: [user] })
  for (const [name, word] of [
    ['o&apos;neil@example.com', 'a&amp;b&lt;c&gt;&quot;d'],
    ['o&#39;neil@example.com', 'a&#38;b&#x3C;c&#62;&#34;d'],
  ] as const) {
    const { status, text } = await login(emulator, 'u/58.0', name, word)
    assert.equal(status, 200, text)
  }
})

test('login ends with version 64.0', async (t) => {
  const emulator = await startEmulator(t)
  const { username, password, securityToken } = emulator.credentials
  const { status, text } = await login(emulator, 'u/65.0', username, password + securityToken)
  assert.equal(status, 500)
  assert.match(text, /sf:INVALID_OPERATION<.*65\.0/)
})

test('a retired version, and text that is none, is not supported', async (t) => {
  const emulator = await startEmulator(t)
  const { username, password, securityToken } = emulator.credentials
  for (const road of ['u/30.0', 'c/v58.0']) {
    const { status, text } = await login(emulator, road, username, password + securityToken)
    assert.equal(status, 500)
    assert.match(text, /<faultcode>sf:UNSUPPORTED_API_VERSION</)
  }
})

test('markup in a password is read as text', async (t) => {
  const emulator = await startEmulator(t)
  const { text, status } = await login(emulator, 'u/58.0', 'a&amp;b', '&lt;x/&gt;')
  assert.equal(status, 500)
  assert.match(text, /INVALID_LOGIN/)
})

test('logout ends the session of its header, once', async (t) => {
  const emulator = await startEmulator(t)
  const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader>
    <sessionId>${emulator.credentials.accessToken}</sessionId></SessionHeader></e:Header><e:Body><logout/></e:Body></e:Envelope>`
  const headers = { 'content-type': 'text/xml' }
  const first = await send(emulator, 'POST', '/services/Soap/u/58.0', { body, headers, token: null })
  assert.equal(first.status, 200)
  assert.ok('logoutResponse' in xml.parse(first.text).Envelope.Body)
  assert.equal((await send(emulator, 'GET', data('/limits'))).status, 401)
  const second = await send(emulator, 'POST', '/services/Soap/u/58.0', { body, headers, token: null })
  assert.match(second.text, /<faultcode>sf:INVALID_SESSION_ID</)
})

test('another SOAP call and an unreadable body are refused as faults', async (t) => {
  const emulator = await startEmulator(t)
  const headers = { 'content-type': 'text/xml' }
  const query = '<e:Envelope xmlns:e="x"><e:Body><query><queryString>q</queryString></query></e:Body></e:Envelope>'
  for (const body of [query, 'not xml at all']) {
    const { status, text } = await send(emulator, 'POST', '/services/Soap/u/58.0', { body, headers, token: null })
    assert.equal(status, 500)
    assert.match(text, /<faultcode>sf:INVALID_OPERATION</)
  }
})
