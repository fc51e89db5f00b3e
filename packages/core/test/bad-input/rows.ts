/** What the tables of methods share: parameters that many methods take, and how a row is made. */
import { callOptions, flag, number, optional, options, type Parameter, type Row, required, text } from './parameter.ts'

export const id: string = '001000000000001AAA'
export const anyId = (name: string): Parameter => required(name, id)
export const key: Parameter = required('', id, 'text')
export const record: Parameter = required('', { Name: 'A' }, 'empty object')
export const records: Parameter = required('', [{ Name: 'A' }], 'empty list', 'map')
export const ids: Parameter = required('', [id], 'empty list')
export const fields: Parameter = optional('fields', ['Name'], 'empty list')
export const date = (name: string, valid: Date): Parameter => required(name, valid, 'date')
export const replay: Parameter = optional('replay', 'always')
export const query: Parameter = optional('query', {}, 'empty object')
export const writes: readonly Parameter[] = [
  optional('assignmentRule', id, 'true'),
  optional('duplicateRule', {}, 'empty object'),
  ...['allowSave', 'includeRecordDetails', 'runAsCurrentUser'].map((name) => flag(`duplicateRule.${name}`)),
  flag('updateMru'),
]
export const many: readonly Parameter[] = [
  ...callOptions,
  ...writes,
  flag('allOrNone'),
  number('parallelCalls', 5),
  flag('raise'),
]
export const conditions: readonly Parameter[] = [
  optional('ifUnmodifiedSince', new Date(0), 'date'),
  optional('ifMatch', 'tag'),
  optional('ifNoneMatch', 'tag'),
]
export const object: Parameter = text('The name of the object', 'Account')
export const sub: readonly Parameter[] = [optional('referenceId', 'a1'), optional('headers', {}, 'empty object')]
export const subWrites: readonly Parameter[] = [...sub, ...writes]
export const body: Parameter = optional(
  '',
  'x',
  'null',
  'date',
  'function',
  'text',
  'empty text',
  'blank text',
  '0',
  '-1',
  '1.5',
  'true',
  'empty list',
  'empty object',
)
export const apexCall: Parameter = options(...callOptions, query, replay)
export const inputs: Parameter = optional('inputs', [{}], 'empty list')
export const limit: Parameter = number('limit', 5, '0', 'Infinity')
export const soql: Parameter = text('The SOQL query', 'SELECT Id FROM Account')
export const later: { readonly atOnce: true } = { atOnce: true }

/** A row: its parameters, then how it is called. */
export function row(parameters: readonly Parameter[], run: Row['call'], more: Partial<Row> = {}): Row {
  return { parameters, call: run, ...more }
}
