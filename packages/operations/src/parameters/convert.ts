import { ConfigurationError } from '@forcewire/core/portable'
import type { Parameter, ParameterKind } from '../operation.ts'

/**
 * Converts a non-empty value of a host's form to what its parameter's kind promises.
 * @throws ConfigurationError when that cannot be done without guessing.
 */
export function convert(parameter: Parameter, value: unknown): unknown {
  return converters[parameter.kind](value, parameter)
}

const identifier = /^[A-Za-z]\w*$/
const fieldPath = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/
const id = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/

type Converter = (value: unknown, parameter: Parameter) => unknown

const converters: Readonly<Record<ParameterKind, Converter>> = {
  text: (value, parameter) => (typeof value === 'object' ? refuse(parameter, value, 'takes a text') : String(value)),
  soql: (value, parameter) =>
    typeof value === 'string' ? value.trim() : refuse(parameter, value, 'takes a SOQL query'),
  number(value, parameter) {
    const number = typeof value === 'boolean' ? Number.NaN : Number(value)
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = parameter
    if (Number.isNaN(number)) return refuse(parameter, value, 'takes a number')
    if (number < minimum) return refuse(parameter, value, `takes a number of at least ${minimum}`)
    if (number > maximum) return refuse(parameter, value, `takes a number of at most ${maximum}`)
    return number
  },
  flag(value, parameter) {
    if (value === true || value === 'true') return true
    if (value === false || value === 'false') return false
    return refuse(parameter, value, 'takes true or false')
  },
  choice(value, parameter) {
    const values = parameter.options?.map((option) => option.value) ?? []
    return values.includes(String(value))
      ? String(value)
      : refuse(parameter, value, `takes one of ${values.join(', ')}`)
  },
  json(value, parameter) {
    if (typeof value !== 'string') return value
    try {
      return JSON.parse(value) as unknown
    } catch (error) {
      return refuse(parameter, value, `takes JSON, and this is not: ${(error as Error).message}`)
    }
  },
  object: (value, parameter) =>
    matching(identifier, value, parameter, 'takes the API name of an object, such as Account'),
  field: (value, parameter) => matching(identifier, value, parameter, 'takes the API name of a field, such as Name'),
  fields(value, parameter) {
    const names = Array.isArray(value) ? value.map(String) : String(value).split(/[\s,]+/)
    return names
      .filter((name) => name !== '')
      .map((name) => matching(fieldPath, name, parameter, 'takes API names of fields, such as Id, Name'))
  },
  'record-id': (value, parameter) => matching(id, value, parameter, 'takes an Id of 15 or 18 letters and digits'),
  date(value, parameter) {
    const date = new Date(typeOf(value) === 'Date' ? (value as Date) : String(value))
    return Number.isNaN(date.getTime())
      ? refuse(parameter, value, 'takes a date, such as 2026-11-22T09:30:00Z')
      : date.toISOString()
  },
  rows: (value, parameter) => {
    if (typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value))
      return value
    return refuse(parameter, value, 'takes a list of objects')
  },
  binary(value, parameter) {
    if (typeof value === 'string') return chunk(new TextEncoder().encode(value))
    if (typeOf(value) === 'Uint8Array') return chunk(value as Uint8Array)
    if (typeof value === 'object' && value !== null && Symbol.asyncIterator in value) return value
    return refuse(parameter, value, 'takes a file: text, bytes or a stream')
  },
}

/** The built-in type of a value, whichever realm it is from: function nodes of Node-RED have one of their own. */
function typeOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1)
}

async function* chunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function matching(pattern: RegExp, value: unknown, parameter: Parameter, takes: string): string {
  const text = typeof value === 'string' ? value.trim() : value
  return typeof text === 'string' && pattern.test(text) ? text : refuse(parameter, value, takes)
}

function refuse({ label }: Parameter, value: unknown, takes: string): never {
  throw new ConfigurationError(`"${label}" ${takes}; it was given ${shown(value)}.`)
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? `"${value.slice(0, 40)}…"` : `"${value}"`
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}
