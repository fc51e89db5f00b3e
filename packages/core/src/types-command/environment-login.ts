import { readFile } from 'node:fs/promises'
import { accessToken } from '../auth/access-token.ts'
import type { Auth } from '../auth/auth.ts'
import { clientCredentials } from '../auth/client-credentials.ts'
import { jwtBearer } from '../auth/jwt-bearer.ts'
import { soapLogin } from '../auth/soap-login.ts'
import { usernamePassword } from '../auth/username-password.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/** Environment variables by name. Secrets are read from here only: arguments are seen by everybody on a machine. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The login that the environment describes; the text of `--help` lists the variables.
 *
 * @throws ConfigurationError that says what is missing.
 */
export async function environmentLogin(environment: Environment, instanceUrl: string | undefined): Promise<Auth> {
  const given = (name: string): string | undefined => environment[`SF_${name}`] || undefined
  const token = given('ACCESS_TOKEN')
  const clientId = given('CLIENT_ID')
  const clientSecret = given('CLIENT_SECRET')
  const username = given('USERNAME')
  const password = given('PASSWORD')
  const keyFile = given('PRIVATE_KEY_FILE')
  const loginUrl = given('LOGIN_URL')
  const securityToken = given('SECURITY_TOKEN')
  if (token !== undefined) {
    if (instanceUrl !== undefined) return accessToken({ accessToken: token, instanceUrl })
    throw new ConfigurationError('SF_ACCESS_TOKEN needs SF_INSTANCE_URL, the address that the token is for.')
  }
  if (clientId && username && keyFile) {
    const privateKey = await readKey(keyFile)
    return jwtBearer({ clientId, username, privateKey, passphrase: given('PRIVATE_KEY_PASSPHRASE'), loginUrl })
  }
  if (clientId && clientSecret && username && password) {
    return usernamePassword({ clientId, clientSecret, username, password, securityToken, loginUrl })
  }
  if (clientId && clientSecret) {
    const address = loginUrl ?? instanceUrl
    if (address !== undefined) return clientCredentials({ clientId, clientSecret, loginUrl: address })
    throw new ConfigurationError('SF_CLIENT_ID and SF_CLIENT_SECRET need SF_LOGIN_URL, the My Domain address.')
  }
  if (username && password) return soapLogin({ username, password, securityToken, loginUrl })
  throw new ConfigurationError(
    'The environment holds no complete login; set SF_ACCESS_TOKEN and SF_INSTANCE_URL, or one of the others that --help lists.',
  )
}

async function readKey(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigurationError(`SF_PRIVATE_KEY_FILE names ${file}, which cannot be read (${code}).`, { cause: error })
  }
}
