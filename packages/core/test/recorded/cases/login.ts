import assert from 'node:assert/strict'
import {
  type Auth,
  AuthenticationError,
  clientCredentials,
  refreshToken,
  soapLogin,
  usernamePassword,
} from '@forcewire/core'
import { type CaseTest, type CaseTests, replay } from '../replay.ts'

const client = { clientId: 'ID', clientSecret: 'SECRETOFTHEAPP' }
const user = { username: 'user@example.com', password: 'WORDOFTHEUSER', securityToken: 'TOKENOFTHEUSER' }

/** A token answer, and the session that is made of it. */
function logsIn(auth: (loginUrl: string) => Auth, token: string, instanceUrl?: string): CaseTest {
  return {
    holds: 'the token and its instance are read',
    async play(id) {
      await using org = await replay(id, { auth })
      const login = await org.salesforce.login()
      assert.equal(login.accessToken, token)
      assert.equal(login.instanceUrl, instanceUrl ?? org.url)
      org.assertAsRecorded()
      const { body } = org.recorded.request
      const names = (form: string): string[] => [...new URLSearchParams(form).keys()].sort()
      if (typeof body === 'string') assert.deepEqual(names(org.sent[0]?.body ?? ''), names(body))
    },
  }
}

function refusesLogin(holds: string, auth: (loginUrl: string) => Auth, facts: Record<string, unknown>): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id, { auth, retry: {} })
      await assert.rejects(org.salesforce.limits(), (error) => {
        assert.ok(error instanceof AuthenticationError, String(error))
        assert.deepEqual(Object.fromEntries(Object.keys(facts).map((key) => [key, (error as never)[key]])), facts)
        assert.doesNotMatch(error.message, /OFTHEUSER|OFTHEAPP/)
        return true
      })
      org.assertAsRecorded()
      assert.equal(org.sent.length, 1, 'a refused login is never repeated')
    },
  }
}

function identity(): CaseTest {
  return {
    holds: 'the identity comes back as sent by a raw request',
    async play(id) {
      await using org = await replay(id)
      const path = new URL(org.recorded.request.path ?? '/id/00D/005', org.url).pathname
      const { body } = await org.salesforce.request({ path })
      assert.deepEqual(body, org.json)
      assert.equal(org.sent[0]?.path, path)
    },
  }
}

function whoIsThere(): CaseTest {
  return {
    holds: 'userInfo comes back as sent; it says nothing of usage',
    async play(id) {
      await using org = await replay(id)
      assert.deepEqual(await org.salesforce.userInfo(), org.json)
      assert.equal(org.salesforce.usage, undefined)
      org.assertAsRecorded()
    },
  }
}

export const loginCases: CaseTests = {
  'nango-oauth-userinfo': whoIsThere(),
  'sss-user-details': whoIsThere(),
  'swiftly-identity': identity(),
  'vcr-identity': identity(),
  'restforce-reauth-success': logsIn(
    (loginUrl) => clientCredentials({ ...client, loginUrl }),
    'new_access_token',
    'https://na1.salesforce.com',
  ),
  'restforce-refresh-success': logsIn(
    (loginUrl) => refreshToken({ ...client, refreshToken: 'REFRESH', loginUrl }),
    'refreshed_access_token',
    'https://na1.salesforce.com',
  ),
  'vcr-oauth-200-scopes': logsIn(
    (loginUrl) => usernamePassword({ ...client, ...user, loginUrl }),
    '<salesforce_access_token>',
  ),
  'soap-login-failure': refusesLogin(
    'one wrong password is one login',
    (loginUrl) => soapLogin({ ...user, loginUrl }),
    {
      errorCode: 'INVALID_LOGIN',
      description: 'Invalid username, password, security token; or user locked out.',
      status: 500,
    },
  ),
  'jsforce-soap-password-expired': refusesLogin(
    'an expired password is a refused login, although the answer is a success',
    (loginUrl) => soapLogin({ ...user, loginUrl }),
    { errorCode: 'PASSWORD_EXPIRED' },
  ),
}
