import { checkedFunction, checkedMilliseconds } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Auth, Login, LoginContext } from './auth.ts'
import { checkedToken } from './bearer-token.ts'

/**
 * A login of the caller's own. The function is called for the first call and again whenever the session is lost or
 * its `lifetime` has passed; calls at the same time share one run of it.
 *
 * @throws ConfigurationError, with the call that logs in, when it answers no token, one that no header can carry, or a
 * lifetime that is none.
 */
export function custom(login: (context: LoginContext) => Promise<Login>): Auth {
  checkedFunction('custom: login', login)
  return {
    flow: 'custom',
    renewable: true,
    async login(context) {
      const answer: unknown = await login(context)
      if (!isLogin(answer)) {
        throw new ConfigurationError('custom: the login function must answer { accessToken }, the token as text.')
      }
      checkedToken('custom: accessToken', answer.accessToken)
      if (answer.lifetime !== undefined) checkedMilliseconds('custom: lifetime', answer.lifetime)
      return answer
    },
  }
}

function isLogin(answer: unknown): answer is Login {
  const token = (answer as Partial<Login> | null | undefined)?.accessToken
  return typeof token === 'string' && token !== ''
}
