import type { EmulatorOptions } from './emulator.ts'
import { checkFault } from './faults/check-fault.ts'
import { InvalidOption } from './invalid-option.ts'
import { metadataProblem } from './org/metadata-file.ts'
import { userProblem } from './org/user-problem.ts'
import { customSchemaProblem } from './schema/custom-schema-problem.ts'

/** Says what is wrong with a value, undefined where nothing is. */
type Check = (value: unknown) => string | undefined

/** Timers take no more milliseconds. */
export const LONGEST_DELAY = 2_147_483_647

const CHECKS: Readonly<Record<keyof EmulatorOptions, Check>> = {
  seed: must("be 'demo', 'empty' or lists of records by object", (value) =>
    typeof value === 'string' ? value === 'demo' || value === 'empty' : isPlain(value),
  ),
  port: must('be a whole number from 0 to 65535', (value) => isWhole(value, 0, 65_535)),
  host: must('be an address or a name', isText),
  data: must('be the path of a file', isText),
  clock: must('be an object with a method now()', (value) => hasMethod(value, 'now')),
  sessionSeconds: must('be a whole number of seconds from 1 up', (value) => isWhole(value, 1)),
  users: each(userProblem),
  app: appProblem,
  latency: must(`be a whole number of milliseconds from 0 to ${LONGEST_DELAY}`, (value) =>
    isWhole(value, 0, LONGEST_DELAY),
  ),
  apiLimit: must('be a whole number of calls from 0 up', (value) => isWhole(value, 0)),
  resultPageRows: must('be a whole number of records from 1 up', (value) => isWhole(value, 1)),
  faults: each(faultProblem),
  metadata: (value) => (isText(value) ? undefined : metadataProblem(value)),
  schema: customSchemaProblem,
  describes: must('be a list of describes', Array.isArray),
  random: must('be a function that gives numbers from 0 up to 1', (value) => typeof value === 'function'),
}

/**
 * Refuses options that make no sense before anything is started.
 *
 * @throws InvalidOption that names the option and says what it takes.
 */
export function checkOptions(options: unknown): asserts options is EmulatorOptions {
  if (!isPlain(options)) throw new InvalidOption('options', `The options must be an object, not ${kindOf(options)}`)
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof EmulatorOptions] : undefined
    if (!check) {
      throw new InvalidOption(name, `There is no option ${name}; there are ${Object.keys(CHECKS).join(', ')}`)
    }
    const problem = value === undefined ? undefined : check(value)
    if (problem) throw new InvalidOption(name, `The option ${name} ${problem}`)
  }
}

function must(accepted: string, holds: (value: unknown) => boolean): Check {
  return (value) => (holds(value) ? undefined : `must ${accepted}, not ${kindOf(value)}`)
}

function each(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return `must be a list, not ${kindOf(value)}`
    for (const [index, entry] of value.entries()) {
      const problem = check(entry)
      if (problem) return `has an entry [${index}] that makes no sense: ${problem}`
    }
    return undefined
  }
}

function faultProblem(value: unknown): string | undefined {
  try {
    checkFault(value)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function appProblem(value: unknown): string | undefined {
  const { redirectUris = [], rotateRefreshTokens = false, ...others } = isPlain(value) ? value : { value }
  const urls = Array.isArray(redirectUris) && redirectUris.every((url) => isText(url) && URL.canParse(url))
  if (urls && typeof rotateRefreshTokens === 'boolean' && Object.keys(others).length === 0) return undefined
  return 'must be {"redirectUris": a list of URLs, "rotateRefreshTokens": true or false}'
}

/** The value where it is short and no text, else its kind: a text may be a secret. */
function kindOf(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return 'a list'
  return value === ''
    ? 'an empty text'
    : ({ string: 'that text', object: 'an object' }[typeof value as string] ?? `a ${typeof value}`)
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isWhole(value: unknown, least: number, most: number = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
}

/** Also true for functions, as `Date` is one. */
function hasMethod(value: unknown, name: string): boolean {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return isObject && typeof (value as Record<string, unknown>)[name] === 'function'
}
