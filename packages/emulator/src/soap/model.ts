import type { SaveResult } from '../collections/save-result.ts'
import { undeleteEach } from '../collections/undelete.ts'
import type { Org } from '../org/org.ts'
import {
  invalidLogin,
  invalidSession,
  loginRetired,
  requestLimitExceeded,
  tooManyIds,
  unsupportedVersion,
} from './errors.ts'

/** The last API version whose SOAP endpoints offer login() (Salesforce release notes on its retirement). */
const LAST_LOGIN_VERSION = 64

/** The oldest version that has not been retired. */
const OLDEST_VERSION = 31

/** Records that a call may bring back (SOAP API Developer Guide, "undelete()"). */
const MOST_UNDELETED = 200

/** Refuses a version that is retired, or none. */
export function checkVersion(version: string): void {
  if (!/^\d+(?:\.\d)?$/.test(version) || Number(version) < OLDEST_VERSION) throw unsupportedVersion(version)
}

/** A successful login(). */
export interface Login {
  readonly sessionId: string
  readonly userId: string
  readonly username: string
  readonly fullName: string
  readonly email: string
  readonly secondsValid: number
}

/** login(): the password must be followed by the security token. */
export function login(org: Org, version: number, username: string, password: string): Login {
  if (version > LAST_LOGIN_VERSION) throw loginRetired(version)
  const user = org.accounts.authenticate(username, password, 'needed')
  if (user?.IsActive !== 1) throw invalidLogin()
  const userId = String(user.Id)
  return {
    sessionId: org.sessions.open(userId),
    userId,
    username: String(user.Username),
    fullName: String(user.Name),
    email: String(user.Email),
    secondsValid: org.sessions.seconds,
  }
}

/** logout(): ends the session of the SessionHeader. */
export function logout(org: Org, sessionId: string): void {
  if (!org.sessions.revoke(sessionId)) throw invalidSession()
}

/** undelete(): brings records back from the recycle bin, of any objects; counts as a call of the session's user. */
export function undelete(org: Org, sessionId: string, ids: readonly string[], allOrNone: boolean): SaveResult[] {
  const session = org.sessions.find(sessionId)
  if (!session) throw invalidSession()
  if (!org.usage.take()) throw requestLimitExceeded()
  if (ids.length > MOST_UNDELETED) throw tooManyIds(MOST_UNDELETED)
  return org.runAs(session.userId, () => undeleteEach(org, ids, allOrNone))
}
