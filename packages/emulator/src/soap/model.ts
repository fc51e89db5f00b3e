import type { Org } from '../org/org.ts'
import { invalidLogin, invalidSession, loginRetired } from './errors.ts'

/** The last API version whose SOAP endpoints offer login() (Salesforce release notes on its retirement). */
const LAST_LOGIN_VERSION = 64

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
