import { NotFoundError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import type { SObjectDescribe } from '../sobject/describe.ts'
import { Salesforce } from '../undici/salesforce.ts'
import { readCommandLine, type TypesRequest, UsageError, usage } from './command-line.ts'
import { type Environment, environmentLogin } from './environment-login.ts'
import { orgTypes } from './org-types.ts'
import { replaceFile } from './replace-file.ts'

/** What the command needs of the process that it runs in. */
export interface Surroundings {
  readonly environment: Environment
  /** Writes to standard output. */
  print(text: string): void
  /** Writes to standard error. */
  complain(text: string): void
}

/**
 * `forcewire-core types`: describes objects and writes their types.
 *
 * @param words - The arguments behind the name of the program.
 * @returns the exit code: 0 done, 1 login, Salesforce or file failed, 2 wrong command line.
 */
export async function run(
  words: readonly string[],
  { environment, print, complain }: Surroundings,
): Promise<0 | 1 | 2> {
  try {
    const request = readCommandLine(words)
    if (request === undefined) {
      print(usage)
      return 0
    }
    const text = await describedTypes(request, environment)
    if (request.out === undefined) print(text)
    else await replaceFile(request.out, text)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\n\n${usage}`)
      return 2
    }
    // What is neither is a defect of this program, and wants its stack.
    if (!(error instanceof SalesforceError)) throw error
    complain(`${error.message}\n`)
    return 1
  }
}

async function describedTypes(request: TypesRequest, environment: Environment): Promise<string> {
  const instanceUrl = request.instanceUrl ?? (environment.SF_INSTANCE_URL || undefined)
  const auth = await environmentLogin(environment, instanceUrl)
  await using salesforce = new Salesforce({ auth, instanceUrl, apiVersion: request.apiVersion })
  const described = await Promise.all(request.objects.map((name) => describe(salesforce, name)))
  // Salesforce does not tell upper case from lower, so one object may have been named twice.
  const objects = [...new Map(described.map((object) => [object.name, object])).values()]
  const options = [
    ...(request.out === undefined ? [] : ['--out', request.out]),
    ...(request.apiVersion === undefined ? [] : ['--api-version', request.apiVersion]),
  ]
  const command = ['npx @forcewire/core types', ...options, ...objects.map(({ name }) => name)].join(' ')
  return orgTypes(objects, command, salesforce.apiVersion)
}

async function describe(salesforce: Salesforce, name: string): Promise<SObjectDescribe> {
  try {
    return await salesforce.sobject(name).describe()
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    throw new ConfigurationError(`The org has no object ${name}, or the user may not see it.`, { cause: error })
  }
}
