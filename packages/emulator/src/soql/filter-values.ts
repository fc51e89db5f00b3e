import { isIdShaped, toId18 } from '../records/record-id.ts'
import type { FieldType } from '../schema/types.ts'
import { dayRange, dayText } from './date-literals.ts'
import { SoqlError, unsupported } from './error.ts'
import { textOf } from './literals.ts'

/** One value of a filter: a single stored value, or the half-open range that a date literal stands for. */
export type FilterValue =
  | { readonly kind: 'value'; readonly value: string | number | null }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }

/** What decides how the text of a value is read. */
export interface FilterTarget {
  readonly name: string
  readonly type: FieldType
}

/**
 * A value that does not suit the field it is compared with. The compiler makes the message point at the field, as
 * recorded in `vcr-400-invalid-query-filter`.
 */
export class FilterValueError extends SoqlError {
  /** The field it was compared with, as the query spells it. */
  readonly fieldName: string

  constructor(errorCode: string, message: string, fieldName: string) {
    super(errorCode, message)
    this.fieldName = fieldName
  }
}

const EXPECTED: Readonly<Partial<Record<FieldType, string>>> = {
  boolean: 'boolean',
  int: 'int',
  double: 'double',
  currency: 'currency',
  percent: 'percent',
  date: 'date',
  datetime: 'dateTime',
}

/**
 * Reads one value of a filter for the field it is compared with.
 *
 * @param text the value as it stands in the query, quotes included.
 * @param literalType the parser library's name for its kind.
 * @param now milliseconds since the epoch, for date literals.
 * @throws {@link SoqlError} where the kinds do not fit, with Salesforce's sentence about quotes.
 */
export function filterValue(target: FilterTarget, text: string, literalType: string, now: number): FilterValue {
  switch (literalType) {
    case 'NULL':
      return value(null)
    case 'STRING':
      return stringValue(target, text)
    case 'INTEGER':
    case 'DECIMAL':
      return isNumber(target.type) ? value(Number(text)) : refuse(target)
    case 'BOOLEAN':
      return target.type === 'boolean' ? value(text.toUpperCase() === 'TRUE' ? 1 : 0) : refuse(target)
    case 'DATE':
      return target.type === 'date' ? value(day(text)) : refuse(target)
    case 'DATETIME':
      return target.type === 'datetime' ? value(instant(text)) : refuse(target)
    case 'DATE_LITERAL':
    case 'DATE_N_LITERAL':
      return rangeValue(target, text, now)
    case 'INTEGER_WITH_CURRENCY_PREFIX':
    case 'DECIMAL_WITH_CURRENCY_PREFIX':
      // USD5000: the org has one currency.
      return isNumber(target.type) ? value(Number(text.slice(3))) : refuse(target)
    default:
      throw unsupported(`the value ${text}`)
  }
}

function stringValue(target: FilterTarget, text: string): FilterValue {
  if (EXPECTED[target.type] !== undefined) return refuse(target)
  const content = textOf(text)
  // Salesforce stores no empty text: comparing with '' is comparing with null (recorded: Id = '' answers 200).
  if (content === '') return value(null)
  if (target.type === 'id' || target.type === 'reference') {
    if (!isIdShaped(content)) {
      throw new FilterValueError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${content}`, target.name)
    }
    return value(toId18(content))
  }
  return value(content)
}

function rangeValue(target: FilterTarget, text: string, now: number): FilterValue {
  const range = dayRange(text, now)
  if (range === undefined) throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${text}'`)
  if (target.type === 'date') return { kind: 'range', from: dayText(range.from), to: dayText(range.to) }
  if (target.type !== 'datetime') return refuse(target)
  return { kind: 'range', from: `${dayText(range.from)}T00:00:00.000Z`, to: `${dayText(range.to)}T00:00:00.000Z` }
}

function instant(text: string): string {
  const time = Date.parse(text.replace(' ', '+'))
  if (Number.isNaN(time) || !isDay(text.slice(0, 10)))
    throw new SoqlError('MALFORMED_QUERY', `Invalid datetime: ${text}`)
  return new Date(time).toISOString()
}

function day(text: string): string {
  if (!isDay(text)) throw new SoqlError('MALFORMED_QUERY', `Invalid date: ${text}`)
  return text
}

/** JavaScript takes the 30th of February for the 1st of March. */
function isDay(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

function isNumber(type: FieldType): boolean {
  return type === 'int' || type === 'double' || type === 'currency' || type === 'percent'
}

function value(content: string | number | null): FilterValue {
  return { kind: 'value', value: content }
}

function refuse(target: FilterTarget): never {
  const type = EXPECTED[target.type]
  const quotes = type === undefined ? 'should be enclosed in quotes' : 'should not be enclosed in quotes'
  const message = `value of filter criterion for field '${target.name}' must be of type ${type ?? 'string'} and ${quotes}`
  throw new FilterValueError('INVALID_FIELD', message, target.name)
}
