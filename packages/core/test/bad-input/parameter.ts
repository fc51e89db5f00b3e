import type { BadValue } from './bad-values.ts'

/** One parameter, or one option: a value that it takes, and which of the bad values it takes as well. */
export interface Parameter {
  readonly name: string
  readonly valid: unknown
  readonly takes: readonly BadValue[]
  /** The options of a parameter that is an object of them. */
  readonly options?: readonly Parameter[]
}

/** One public method or function. */
export interface Row {
  readonly parameters: readonly Parameter[]
  /** Whether wrong input throws at once: methods that give a stream, a builder or a plain value. Default: it rejects. */
  readonly atOnce?: boolean
  readonly call: (...given: never[]) => unknown
}

/** A parameter that must be given. */
export function required(name: string, valid: unknown, ...takes: readonly BadValue[]): Parameter {
  return { name, valid, takes }
}

/** A parameter or an option that may be left out. */
export function optional(name: string, valid: unknown, ...takes: readonly BadValue[]): Parameter {
  return { name, valid, takes: ['undefined', ...takes] }
}

/** An object of options that may be left out. */
export function options(...members: readonly Parameter[]): Parameter {
  return { ...optional('', undefined, 'empty object'), options: members }
}

/** An object of options of which some must be given. */
export function requiredOptions(...members: readonly Parameter[]): Parameter {
  const given = members.filter(({ takes }) => !takes.includes('undefined'))
  const valid = Object.fromEntries(given.map((member) => [member.name, member.valid]))
  return { ...required('', valid), options: members }
}

/** The options that every method takes. */
export const callOptions: readonly Parameter[] = [
  optional('signal', undefined),
  optional('timeout', 5, 'Infinity', '1.5'),
  optional('headers', {}, 'empty object'),
  optional('retry', {}, 'empty object'),
  ...['maxRetries', 'initialDelay', 'factor', 'maxDelay', 'maxElapsed', 'budget'].map((name) =>
    nested('retry', name, optional(name, 5, ...lenient(name))),
  ),
  nested('retry', 'jitter', optional('jitter', true, 'true')),
  nested('retry', 'rules', optional('rules', [], 'empty list')),
]

function lenient(name: string): readonly BadValue[] {
  if (name === 'maxRetries') return ['0', 'Infinity']
  return name === 'factor' ? ['Infinity', '1.5'] : ['0', 'Infinity', '1.5']
}

/** An option within an option; its name is the path to it. */
function nested(parent: string, name: string, member: Parameter): Parameter {
  return { ...member, name: `${parent}.${name}` }
}

/** The last parameter of most methods. */
export const call: Parameter = options(...callOptions)

export const text = (name: string, valid: unknown = 'Name'): Parameter => required(name, valid, 'text')
export const flag = (name: string): Parameter => optional(name, true, 'true')
/** A whole number; the range decides about 0. */
export const number = (name: string, valid: number, ...takes: readonly BadValue[]): Parameter =>
  optional(name, valid, ...takes)
