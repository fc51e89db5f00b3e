import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Org } from '../org/org.ts'
import type { StoredRow } from '../schema/types.ts'
import { invalidAssertion, unknownClient, userNotApproved, wrongAudience } from './errors.ts'

const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com']

/**
 * The user that a JWT bearer assertion speaks for (Salesforce Help, "OAuth 2.0 JWT Bearer Flow"). Throws an OAuthError where
 * it is not signed by a registered key, or not meant for this org.
 */
export async function assertedUser(org: Org, assertion: string, origin: string): Promise<StoredRow> {
  if (claimsOf(assertion).iss !== org.app.credentials.clientId) throw unknownClient()
  const { sub } = await verified(org, assertion, origin)
  const user = org.accounts.find(sub)
  if (!user) throw userNotApproved()
  return user
}

/** Salesforce accepts RS256 only, and as audience its login hosts or the host that is asked. */
async function verified(org: Org, assertion: string, origin: string): Promise<JWTPayload> {
  const options = {
    algorithms: ['RS256'],
    audience: [...LOGIN_HOSTS, origin, `${origin}/services/oauth2/token`],
    currentDate: new Date(org.clock.now()),
    requiredClaims: ['exp'],
  }
  for (const key of org.app.publicKeys) {
    try {
      return (await jwtVerify(assertion, key, options)).payload
    } catch (error) {
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') throw wrongAudience()
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw invalidAssertion()
    }
  }
  throw invalidAssertion()
}

function claimsOf(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion)
  } catch {
    throw invalidAssertion()
  }
}
