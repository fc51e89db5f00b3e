import { validateHeaderName, validateHeaderValue } from 'node:http'
import type { Fault } from './fault.ts'

type Check = readonly [accepted: string, holds: (value: unknown) => boolean]

const ENDINGS = ['drop', 'whole', 'silence'] as const

const CHECKS: Readonly<Record<keyof Fault, Check>> = {
  method: ['the name of an HTTP method', (value) => typeof value === 'string' && /^[a-z]+$/i.test(value)],
  path: [
    'text contained in the URL path, or a pattern',
    (value) => (typeof value === 'string' && value !== '') || value instanceof RegExp,
  ],
  status: ['a whole number from 200 to 599', (value) => isWhole(value, 200) && value <= 599],
  errorCode: ['text', isText],
  message: ['text', isText],
  headers: [
    'an object of texts that headers can hold, on one line each',
    (value) => isPlainObject(value) && Object.entries(value).every(isHeader),
  ],
  body: ['text or a JSON value', () => true],
  delay: ['a whole number of milliseconds', (value) => isWhole(value, 0)],
  reset: ['true or false', isFlag],
  truncate: ['a whole number of bytes', (value) => isWhole(value, 0)],
  ending: [ENDINGS.join(', ').replace(/, (\w+)$/, ' or $1'), (value) => ENDINGS.some((ending) => ending === value)],
  after: ['true or false', isFlag],
  expireSession: ['true or false', isFlag],
  skip: ['a whole number of requests', (value) => isWhole(value, 0)],
  times: ['a whole number of requests above 0, or Infinity', (value) => isWhole(value, 1) || value === Infinity],
  probability: ['a number from 0 to 1', (value) => typeof value === 'number' && value >= 0 && value <= 1],
}

const EFFECTS = ['status', 'errorCode', 'headers', 'body', 'delay', 'reset', 'truncate', 'expireSession'] as const

/** Throws a TypeError that says what a fault takes where `value` is none. */
export function checkFault(value: unknown): asserts value is Fault {
  if (!isPlainObject(value)) throw new TypeError('A fault must be an object with a path and an effect')
  for (const [name, setting] of Object.entries(value)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Fault] : undefined
    if (check === undefined) throw new TypeError(`A fault has no ${name}; it takes ${Object.keys(CHECKS).join(', ')}`)
    const [accepted, holds] = check
    if (setting !== undefined && !holds(setting)) throw new TypeError(`The ${name} of a fault must be ${accepted}`)
  }
  if (value.path === undefined) throw new TypeError(`A fault needs a path: ${CHECKS.path[0]}`)
  if (EFFECTS.every((effect) => value[effect] === undefined || value[effect] === false)) {
    throw new TypeError(`A fault needs at least one effect: ${EFFECTS.join(', ')}`)
  }
  if (value.ending !== undefined && value.truncate === undefined) {
    throw new TypeError('The ending of a fault goes with truncate: bytes of the body that get through before')
  }
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isHeader([name, value]: [string, unknown]): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value as string)
    return isText(value)
  } catch {
    return false
  }
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean'
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
