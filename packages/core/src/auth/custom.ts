import type { Auth, Login, LoginContext } from './auth.ts'

/**
 * A login of the caller's own. The function is called for the first call and again whenever the session is lost or
 * its `lifetime` has passed; calls at the same time share one run of it.
 */
export function custom(login: (context: LoginContext) => Promise<Login>): Auth {
  return { flow: 'custom', renewable: true, login }
}
