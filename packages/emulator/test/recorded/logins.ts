import type { Answer } from '../support/harness.ts'
import type { AskedOrg, Exchanges } from './asked-org.ts'

/** Tokens, and who they belong to. */
export const logins: Exchanges = {
  'nango-oauth-userinfo': { ask: askAsPerson },
  'restforce-reauth-success': { ask: askForToken },
  'restforce-refresh-success': {
    ask: (org) => {
      const { clientId, clientSecret, refreshToken } = org.emulator.credentials
      return post(org, {
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      })
    },
  },
  'sss-user-details': { ask: askAsPerson },
  'swiftly-identity': { ask: askAsPerson },
  'vcr-identity': { ask: askAsPerson },
  'vcr-oauth-200-scopes': { ask: askForToken },
  'soap-login-failure': {
    ask: (org) => {
      const { username } = org.emulator.credentials
      const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>
        <login xmlns="urn:partner.soap.sforce.com"><username>${username}</username><password>wrong</password></login>
        </e:Body></e:Envelope>`
      // The version of the sample is retired.
      const headers = { 'content-type': 'text/xml', SOAPAction: '""' }
      return org.send('POST', '/services/Soap/u/31.0', { body, headers, token: null })
    },
  },
}

/** The user of the session becomes the recorded person, who then asks who it is. */
async function askAsPerson(org: AskedOrg): Promise<Answer> {
  const { answer } = org
  const identity = answer.display_name !== undefined
  await org.becomeUser({
    attributes: { type: 'User' },
    Username: answer.preferred_username ?? answer.username,
    Email: answer.email,
    FirstName: answer.given_name ?? answer.first_name,
    LastName: answer.family_name ?? answer.last_name,
    Street: answer.addr_street ?? null,
    City: answer.addr_city ?? null,
    State: answer.addr_state ?? null,
    Country: answer.addr_country ?? null,
    PostalCode: answer.addr_zip ?? null,
  })
  const who = await org.send('GET', '/services/oauth2/userinfo')
  if (!identity) return who
  return org.send('GET', `/id/${who.json.organization_id}/${who.json.user_id}`)
}

function askForToken(org: AskedOrg): Promise<Answer> {
  const { clientId, clientSecret, username, password, securityToken } = org.emulator.credentials
  return post(org, {
    grant_type: 'password',
    client_id: clientId,
    client_secret: clientSecret,
    username,
    password: password + securityToken,
  })
}

function post(org: AskedOrg, form: Record<string, string>): Promise<Answer> {
  return org.send('POST', '/services/oauth2/token', { body: new URLSearchParams(form), token: null })
}
