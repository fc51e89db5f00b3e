import {
  checkedFunction,
  checkedMilliseconds,
  checkedObject,
  checkedOptions,
  checkedText,
  checkedTexts,
  refuse,
} from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedHosts } from '../http/host-rules.ts'
import { checkedToken } from './bearer-token.ts'

/**
 * Names of credentials, whichever flow they belong to. One object that holds the credentials of several flows may be
 * handed to each of them; a name that no flow has is a mistake.
 */
const credentialNames: readonly string[] = [
  'accessToken',
  'clientId',
  'clientSecret',
  'passphrase',
  'password',
  'privateKey',
  'redirectUri',
  'refreshToken',
  'securityToken',
  'username',
]

/** Options that are not texts. */
const checks: Readonly<Record<string, (option: string, value: unknown) => unknown>> = {
  accessToken: checkedToken,
  lifetime: checkedMilliseconds,
  onCode: checkedFunction,
  onTokens: checkedFunction,
  scopes: (option, value) => checkedTexts(option, value, 'names of scopes'),
  allowedHosts: checkedHosts,
  // Both have rules of their own, beside the flow that takes them.
  privateKey: (_, value) => value,
  proofKey: (_, value) => value,
  // Salesforce lets users have no security token; forms hand in an empty text then.
  securityToken: (option, value) => (typeof value === 'string' ? value : refuse(option, 'a text', value)),
}

/**
 * The options of a login flow, checked before anything is sent: Salesforce's own answers to empty credentials mislead.
 *
 * @throws ConfigurationError that names flow and option, and never repeats a value.
 */
export function checkFlowOptions<T extends object>(
  flow: string,
  options: T,
  required: readonly (keyof T & string)[],
  optional: readonly (keyof T & string)[],
): T {
  const known = [...required, ...optional]
  const own = ownOptions(flow, options, known)
  for (const name of required) {
    const value = own[name]
    if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
      throw new ConfigurationError(
        `${flow}: ${name} is missing; give it as ${name === 'onCode' ? 'a function' : 'text'}.`,
      )
    }
  }
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined) (checks[name] ?? checkedText)(`${flow}: ${name}`, value)
  }
  return own as T
}

function ownOptions(flow: string, options: object, known: readonly string[]): Readonly<Record<string, unknown>> {
  const given = checkedObject(flow, options, 'given an object of options')
  const foreign = credentialNames.filter((name) => !known.includes(name))
  const own = Object.entries(given).filter(([name]) => !foreign.includes(name))
  return checkedOptions<Record<string, unknown>>(flow, Object.fromEntries(own), known)
}
