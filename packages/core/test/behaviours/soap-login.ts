import assert from 'node:assert/strict'
import { AuthenticationError, Salesforce, soapLogin } from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'
import { XMLParser } from 'fast-xml-parser'
import { type LoopbackAnswer, loopbackOrg } from '../support/loopback-org.ts'
import { instanceUrl } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const empty: LoopbackAnswer = { json: {} }
const auth = () =>
  soapLogin({ username: 'user@example.com', password: 'pass', securityToken: 'word', loginUrl: instanceUrl })
const isLogin = ({ url }: { url: string }): boolean => url.includes('/services/Soap/u/')

const envelope = (body: string): string =>
  `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
const soapSession = (id: string, seconds: number): LoopbackAnswer => ({
  headers: { 'content-type': 'text/xml' },
  text: envelope(
    `<loginResponse><result><serverUrl>${instanceUrl}/services/Soap/u/64.0/00D</serverUrl><sessionId>${id}</sessionId><userInfo><sessionSecondsValid>${seconds}</sessionSecondsValid></userInfo></result></loginResponse>`,
  ),
})
const soapFault: LoopbackAnswer = {
  status: 500,
  headers: { 'content-type': 'text/xml' },
  text: envelope(
    '<soapenv:Fault><faultcode>INVALID_LOGIN</faultcode><faultstring>INVALID_LOGIN: wrong</faultstring></soapenv:Fault>',
  ),
}

export const soapBehaviours: Behaviours = {
  17: {
    says: 'a SOAP login goes to version 64.0 at most, and its session id becomes the bearer token',
    async shows() {
      for (const [apiVersion, spoken] of [
        ['67.0', '64.0'],
        ['64.0', '64.0'],
        ['58.0', '58.0'],
      ]) {
        await using org = await loopbackOrg([soapSession('SESSION', 7200), empty], { auth: auth(), apiVersion })
        await org.salesforce.limits()
        const [login, call] = org.requests
        assert.deepEqual([login?.method, login?.url], ['POST', `${instanceUrl}/services/Soap/u/${spoken}`])
        assert.equal(login?.headers.soapaction, 'login')
        assert.match(login?.headers['content-type'] ?? '', /^text\/xml; charset=utf-8$/i)
        const { login: sent } = parsed(login?.body)
        assert.deepEqual(sent, { username: 'user@example.com', password: 'password' })
        assert.equal(call?.headers.authorization, 'Bearer SESSION')
        assert.equal(call?.url, `${instanceUrl}/services/data/v${apiVersion}/limits`)
      }
    },
  },
  18: {
    says: 'a SOAP session is renewed before use once sessionSecondsValid has passed',
    async shows() {
      let logins = 0
      await using org = await loopbackOrg((request) => (isLogin(request) ? soapSession(`S${++logins}`, 100) : empty), {
        auth: auth(),
      })
      await org.salesforce.limits()
      org.clock.advance(50_000)
      await org.salesforce.limits()
      org.clock.advance(50_000)
      await org.salesforce.limits()
      const tokens = org.requests.map(({ headers }) => headers.authorization)
      assert.deepEqual(tokens, [undefined, 'Bearer S1', 'Bearer S1', undefined, 'Bearer S2'])
    },
  },
  19: {
    says: 'a SOAP fault is an authentication error with its code and its words',
    async shows() {
      await using org = await loopbackOrg([soapFault], { auth: auth() })
      await assert.rejects(org.salesforce.limits(), (error) => {
        assert.ok(error instanceof AuthenticationError)
        assert.match(error.message, /\[INVALID_LOGIN\] wrong/)
        assert.deepEqual([error.errorCode, error.status], ['INVALID_LOGIN', 500])
        return true
      })
    },
  },
  20: {
    says: 'a wrong SOAP password is one login, whatever its status, and ten waiting calls share the failure',
    async shows() {
      await using org = await loopbackOrg([soapFault], { auth: auth() })
      const calls = await Promise.allSettled(Array.from({ length: 10 }, () => org.salesforce.limits()))
      assert.ok(calls.every((call) => call.status === 'rejected' && call.reason instanceof AuthenticationError))
      assert.deepEqual(org.requests.map(isLogin), [true])
    },
  },
  21: {
    says: 'the characters & < > " and \' of a SOAP user and password are escaped, and such a user can log in',
    async shows() {
      const password = `a&b<c>d"e'f`
      const username = `x${password}@example.com`
      await using org = await loopbackOrg([soapFault], {
        auth: soapLogin({ username, password, loginUrl: instanceUrl }),
      })
      await assert.rejects(org.salesforce.limits(), AuthenticationError)
      const { body = '' } = org.requests[0] ?? {}
      assert.deepEqual(parsed(body).login, { username, password })
      for (const name of ['username', 'password']) assert.match(body, new RegExp(`:${name}>[^<>"']+</`))
      await using emulator = await createEmulator({
        seed: 'empty',
        users: [{ username, password, email: 'x@example.com' }],
      })
      await using salesforce = new Salesforce({ auth: soapLogin({ username, password, loginUrl: emulator.url }) })
      assert.equal((await salesforce.userInfo()).preferred_username, username)
      const wrong = soapLogin({ username, password: `${password}'`, loginUrl: emulator.url })
      await using stranger = new Salesforce({ auth: wrong })
      await assert.rejects(stranger.limits(), { name: 'AuthenticationError', errorCode: 'INVALID_LOGIN' })
    },
  },
}

function parsed(envelope: string | undefined) {
  const parser = new XMLParser({ removeNSPrefix: true, htmlEntities: true })
  return parser.parse(envelope ?? '').Envelope.Body
}
