import * as core from '@forcewire/core'
import type { PortableOptions } from '@forcewire/core/portable'
import { optional, type Parameter, type Row, required, requiredOptions, text } from './parameter.ts'

const url = 'https://acme.my.salesforce.com'
const lifetime = optional('lifetime', 5, 'Infinity', '1.5')
const loginUrl = optional('loginUrl', url)
const optionalText = (name: string): Parameter => optional(name, 'a', 'text')
const scopes = optional('scopes', ['api'], 'empty list')
const onTokens = optional('onTokens', () => {}, 'function')
const names = (...list: readonly string[]): readonly Parameter[] => list.map((name) => text(name))

/** A row of a function that answers at once. */
function atOnce(parameters: readonly Parameter[], call: Row['call']): Row {
  return { parameters, call, atOnce: true }
}

/** Options of every client; what else it takes is checked beside them. */
const clientOptions: readonly Parameter[] = [
  required('auth', core.accessToken({ accessToken: 'T', instanceUrl: url })),
  optional('instanceUrl', url),
  optional('apiVersion', '67.0'),
  optional('retry', {}, 'empty object'),
  optional('concurrency', 5),
  optional('timeout', 5, 'Infinity', '1.5'),
  optional('bodyTimeout', 5, 'Infinity', '1.5'),
  optional('usageLimit', 0.5, 'true'),
  optional('describeCache', 5, '0'),
  optional('middleware', [], 'empty list'),
  optional('allowedHosts', [], 'empty list'),
  optional('logger', console),
]
const host: readonly Parameter[] = [
  required('transport', async () => ({}), 'function'),
  required('clock', { now: () => 0, sleep: async () => {} }),
  required('random', () => 0, 'function'),
  optional('gzip', async function* () {}, 'function'),
  optional('scratch', async () => ({}), 'function'),
  optional('onClose', async () => {}, 'function'),
]

/** Every function of the main entry, by its name. */
export function functionRows(Portable: new (options: PortableOptions) => unknown): Readonly<Record<string, Row>> {
  const { soql, sosl } = core
  return {
    Salesforce: atOnce(
      [
        requiredOptions(
          ...clientOptions,
          optional('dispatcher', undefined),
          optional('connectTimeout', 5, 'Infinity', '1.5'),
        ),
      ],
      (...given: [never]) => new core.Salesforce(...given),
    ),
    'portable Salesforce': atOnce(
      [requiredOptions(...clientOptions, ...host)],
      (...given: [never]) => new Portable(...given),
    ),
    accessToken: atOnce(
      [requiredOptions(...names('accessToken'), optional('instanceUrl', url, 'text'))],
      (...given: [never]) => core.accessToken(...given),
    ),
    authorizationCode: atOnce(
      [
        requiredOptions(
          ...names('clientId', 'redirectUri', 'code'),
          optionalText('clientSecret'),
          optionalText('codeVerifier'),
          { ...loginUrl, takes: ['undefined', 'text'] },
          lifetime,
          onTokens,
        ),
      ],
      (...given: [never]) => core.authorizationCode(...given),
    ),
    authorizationUrl: atOnce(
      [
        requiredOptions(
          text('clientId'),
          required('redirectUri', 'https://app.example/back'),
          loginUrl,
          scopes,
          optionalText('state'),
          optionalText('prompt'),
          optionalText('loginHint'),
          optional('proofKey', { challenge: 'a' }),
          optional('allowedHosts', [], 'empty list'),
        ),
      ],
      (...given: [never]) => core.authorizationUrl(...given),
    ),
    clientCredentials: atOnce(
      [requiredOptions(...names('clientId', 'clientSecret'), { ...loginUrl, takes: ['undefined', 'text'] }, lifetime)],
      (...given: [never]) => core.clientCredentials(...given),
    ),
    custom: atOnce([required('custom: login', async () => {}, 'function')], (...given: [never]) =>
      core.custom(...given),
    ),
    deviceFlow: atOnce(
      [
        requiredOptions(
          text('clientId'),
          required('onCode', () => {}, 'function'),
          optionalText('clientSecret'),
          scopes,
          { ...loginUrl, takes: ['undefined', 'text'] },
          lifetime,
          onTokens,
        ),
      ],
      (...given: [never]) => core.deviceFlow(...given),
    ),
    refreshToken: atOnce(
      [
        requiredOptions(
          ...names('clientId', 'refreshToken'),
          optionalText('clientSecret'),
          { ...loginUrl, takes: ['undefined', 'text'] },
          lifetime,
          onTokens,
        ),
      ],
      (...given: [never]) => core.refreshToken(...given),
    ),
    soapLogin: atOnce(
      [
        requiredOptions(
          ...names('username', 'password'),
          optional('securityToken', '', 'empty text', 'blank text', 'text'),
          { ...loginUrl, takes: ['undefined', 'text'] },
        ),
      ],
      (...given: [never]) => core.soapLogin(...given),
    ),
    usernamePassword: atOnce(
      [
        requiredOptions(
          ...names('clientId', 'clientSecret', 'username', 'password'),
          optional('securityToken', '', 'empty text', 'blank text', 'text'),
          { ...loginUrl, takes: ['undefined', 'text'] },
          lifetime,
        ),
      ],
      (...given: [never]) => core.usernamePassword(...given),
    ),
    jwtBearer: atOnce(
      [requiredOptions(...names('clientId', 'username'), required('privateKey', 'x'))],
      (...given: [never]) => core.jwtBearer(...given),
    ),
    normalizeApiVersion: atOnce([required('apiVersion', 67)], (...given: [never]) =>
      core.normalizeApiVersion(...given),
    ),
    salesforceOrigin: atOnce(
      [required('instanceUrl', url), optional('allowedHosts', [], 'empty list')],
      (address: never, hosts: never) => core.salesforceOrigin(address, 'instanceUrl', hosts),
    ),
    formatSoql: atOnce(
      [
        text('The SOQL template', 'SELECT Id FROM Account'),
        required('The values of the SOQL template', {}, 'empty object', 'object'),
      ],
      (...given: [never, never]) => core.formatSoql(...given),
    ),
    soql: atOnce([required('soql', ['a'] as never)], (...given: [never]) => soql(...given)),
    'soql.name': atOnce([required('soql.name', 'Name')], (...given: [never]) => soql.name(...given)),
    'soql.names': atOnce([required('soql.names', ['Name'])], (...given: [never]) => soql.names(...given)),
    'soql.like': atOnce([required('soql.like', ['a'])], (...given: [never]) => soql.like(...given)),
    'soql.date': atOnce([required('', new Date(0), 'date')], (...given: [never]) => soql.date(...given)),
    'soql.dateTime': atOnce([required('', new Date(0), 'date')], (...given: [never]) => soql.dateTime(...given)),
    'soql`${value}`': atOnce(
      [
        required(
          'SOQL',
          1,
          'null',
          'empty text',
          'blank text',
          'text',
          '0',
          '-1',
          '1.5',
          'true',
          'bigint',
          'empty list',
          'date',
        ),
      ],
      (value: never) => soql`${value}`,
    ),
    sosl: atOnce([required('sosl', ['a'] as never)], (...given: [never]) => sosl(...given)),
    'sosl`FIND {${value}}`': atOnce(
      [required('FIND', 'a', 'empty text', 'blank text', '0', '-1', '1.5', 'bigint', 'text')],
      (value: never) => sosl`FIND {${value}}`,
    ),
  }
}
