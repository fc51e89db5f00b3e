import { ConfigurationError } from '../errors/configuration-error.ts'
import type { Auth } from './auth.ts'

/**
 * For hosts that own address and token, such as n8n: requests leave with relative URLs and without authorization,
 * and the host's transport adds both. Nothing is renewed; a refused session is a `SessionError`.
 */
export function hostAuth(): Auth {
  return {
    flow: 'host',
    renewable: false,
    hostOwned: true,
    login() {
      throw new ConfigurationError('hostAuth: the host application logs in itself.')
    },
  }
}
