import { type Auth, accessToken, clientCredentials, jwtBearer, Salesforce, soapLogin } from '@forcewire/core'
import { type ConnectionSettings, needed, neededUrl } from './settings.ts'

/**
 * Makes the client of a connection. Nothing is sent before the first call.
 * @throws ConfigurationError naming the field of the dialog that is missing or wrong
 */
export function createClient(settings: ConnectionSettings): Salesforce {
  const url = neededUrl(settings.url)
  const apiVersion = settings.apiVersion?.trim()
  return new Salesforce({
    auth: authenticate(settings, url),
    ...(settings.authentication === 'access-token' ? { instanceUrl: url } : {}),
    ...(apiVersion ? { apiVersion } : {}),
  })
}

function authenticate({ authentication, credentials }: ConnectionSettings, loginUrl: string): Auth {
  switch (authentication) {
    case 'jwt':
      return jwtBearer({
        clientId: needed(credentials, 'clientId'),
        username: needed(credentials, 'username'),
        privateKey: needed(credentials, 'privateKey'),
        loginUrl,
      })
    case 'soap-login':
      return soapLogin({
        username: needed(credentials, 'username'),
        password: needed(credentials, 'password'),
        securityToken: credentials.securityToken ?? '',
        loginUrl,
      })
    case 'access-token':
      return accessToken({ accessToken: needed(credentials, 'accessToken'), instanceUrl: loginUrl })
    default:
      return clientCredentials({
        clientId: needed(credentials, 'clientId'),
        clientSecret: needed(credentials, 'clientSecret'),
        loginUrl,
      })
  }
}
