import { compactVerify, decodeJwt, errors, type JWTPayload } from 'jose'
import type { Org } from '../org/org.ts'
import type { StoredRow } from '../schema/types.ts'
import { invalidAssertion, unknownClient, userNotApproved, wrongAudience } from './errors.ts'

const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com']

/**
 * The user that a JWT bearer assertion speaks for (Salesforce Help, "OAuth 2.0 JWT Bearer Flow"). Throws an OAuthError where
 * it is not signed by a registered key, or not meant for this org.
 */
export async function assertedUser(org: Org, assertion: string, origin: string): Promise<StoredRow> {
  const claims = claimsOf(assertion)
  if (claims.iss !== org.app.credentials.clientId) throw unknownClient()
  await checkSignature(org, assertion)
  checkClaims(claims, origin, org.clock.now())
  const user = org.accounts.find(claims.sub)
  if (!user) throw userNotApproved()
  return user
}

/** Salesforce accepts RS256 only. */
async function checkSignature(org: Org, assertion: string): Promise<void> {
  for (const key of org.app.publicKeys) {
    try {
      await compactVerify(assertion, key, { algorithms: ['RS256'] })
      return
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw invalidAssertion()
    }
  }
  throw invalidAssertion()
}

/**
 * The audience is a login host of Salesforce or the host that is asked. Salesforce takes an expiry that is written as text,
 * which simple-salesforce sends and the standard forbids.
 */
function checkClaims({ aud, exp }: JWTPayload, origin: string, now: number): void {
  const hosts = [...LOGIN_HOSTS, origin, `${origin}/services/oauth2/token`]
  if (![aud].flat().some((host) => host !== undefined && hosts.includes(host))) throw wrongAudience()
  // Anything but a number, and a time that has passed, is not after now.
  if (!(Number(exp) * 1000 > now)) throw invalidAssertion()
}

function claimsOf(assertion: string): JWTPayload {
  try {
    return decodeJwt(assertion)
  } catch {
    throw invalidAssertion()
  }
}
