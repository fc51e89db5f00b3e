import { parseArgs } from 'node:util'
import { normalizeApiVersion } from '../api-version.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/** What the user asked for. */
export interface TypesRequest {
  /** Names of objects, as they were given. */
  readonly objects: readonly string[]
  /** File to write; standard output when undefined. */
  readonly out: string | undefined
  /** As `67.0`. */
  readonly apiVersion: string | undefined
  readonly instanceUrl: string | undefined
}

/** A command line that cannot be understood; the message is one sentence for the user. */
export class UsageError extends Error {}

/** How the command is used. */
export const usage = `Usage: npx @forcewire/core types [options] <object...>

Writes TypeScript types of Salesforce objects, for new Salesforce<Org>({ ... }):
  npx @forcewire/core types --out salesforce.d.ts Account Contact Invoice__c

Options:
  --out <file>           file to write, replaced at once when all went well (default: standard output)
  --api-version <n>      API version to describe the objects in, such as 67.0
  --instance-url <url>   My Domain address (default: SF_INSTANCE_URL)
  --help                 shows this text

The login is taken from the environment, the first of these that is complete:
  SF_ACCESS_TOKEN, SF_INSTANCE_URL                          a token that you have
  SF_CLIENT_ID, SF_USERNAME, SF_PRIVATE_KEY_FILE            JWT bearer; SF_PRIVATE_KEY_PASSPHRASE for an encrypted key
  SF_CLIENT_ID, SF_CLIENT_SECRET, SF_USERNAME, SF_PASSWORD  OAuth username-password; SF_SECURITY_TOKEN if needed
  SF_CLIENT_ID, SF_CLIENT_SECRET, SF_LOGIN_URL              OAuth client credentials, on a My Domain address
  SF_USERNAME, SF_PASSWORD                                  SOAP login; SF_SECURITY_TOKEN if needed
SF_LOGIN_URL is where to log in (default: the instance, else https://login.salesforce.com).

Exit codes: 0 done, 1 the login, Salesforce or the file failed, 2 the command line is wrong.
`

/**
 * Reads the arguments behind the name of the program; undefined asks for help.
 *
 * @throws UsageError
 */
export function readCommandLine(words: readonly string[]): TypesRequest | undefined {
  const { values, positionals } = parse(words)
  if (values.help === true) return undefined
  const [command, ...objects] = positionals
  if (command !== 'types') {
    throw new UsageError(`The command is types${command === undefined ? '' : `, not ${command}`}.`)
  }
  if (values.out?.trim() === '') throw new UsageError('--out needs the name of a file, such as salesforce.d.ts.')
  if (objects.length === 0) throw new UsageError('Name the objects to write types of, such as Account.')
  const stranger = objects.find((name) => !/^[A-Za-z]\w*$/.test(name))
  if (stranger !== undefined) throw new UsageError(`${JSON.stringify(stranger)} is not the API name of an object.`)
  return { objects, out: values.out, apiVersion: version(values['api-version']), instanceUrl: values['instance-url'] }
}

function version(given: string | undefined): string | undefined {
  try {
    return given === undefined ? undefined : normalizeApiVersion(given)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    throw new UsageError(error.message)
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        'api-version': { type: 'string' },
        'instance-url': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('\n')[0]}`)
  }
}
