import { invalidParameter, missingSearch } from './errors.ts'
import { MAX_RECORDS, type Returning, type SearchGroup, type SearchStatement } from './statement.ts'

/** One object of a parameterized search, as the body of a POST describes it. */
interface ObjectParameters {
  readonly name?: unknown
  readonly fields?: unknown
  readonly where?: unknown
  readonly orderBy?: unknown
  readonly limit?: unknown
}

type Parameters = Readonly<Record<string, unknown>>

const GROUPS: Readonly<Record<string, SearchGroup>> = {
  ALL: 'ALL',
  NAME: 'NAME',
  EMAIL: 'EMAIL',
  PHONE: 'PHONE',
  SIDEBAR: 'SIDEBAR',
}

/**
 * The search that a `GET /parameterizedSearch` asks for: `q`, `in`, `fields`, `defaultLimit`, `overallLimit`, `metadata`,
 * any number of `sobject`, and for each of these `{name}.fields`, `.where`, `.orderBy` and `.limit`.
 *
 * Source: REST API Developer Guide, "Search with Parameters in the URI".
 */
export function statementOfQuery(query: Parameters): SearchStatement {
  const names = query.sobject === undefined ? [] : [query.sobject].flat()
  const sobjects = names.map((name) => ({
    name,
    fields: textList(query[`${name}.fields`]),
    where: query[`${name}.where`],
    orderBy: textList(query[`${name}.orderBy`]),
    limit: query[`${name}.limit`],
  }))
  return statementOfBody({ ...query, fields: textList(query.fields), sobjects })
}

/**
 * The search that a `POST /parameterizedSearch` asks for.
 *
 * Source: REST API Developer Guide, "Search with Parameters in the Request Body".
 */
export function statementOfBody(body: Parameters): SearchStatement {
  const { q, sobjects = [] } = body
  if (typeof q !== 'string' || q.trim() === '') throw missingSearch()
  if (!Array.isArray(sobjects)) throw invalidParameter('sobjects', 'a list of objects is expected')
  const group = GROUPS[String(body.in ?? 'ALL').toUpperCase()]
  if (group === undefined) throw invalidParameter('in', `${String(body.in)} is no group of fields`)
  return {
    // The resource takes words, not SOSL: their reserved signs mean nothing.
    find: q.replaceAll(/[\\&|!{}[\]^~:'+()-]/g, '\\$&'),
    group,
    returning: sobjects.map((sobject: ObjectParameters) => returningOf(sobject ?? {}, body)),
    limit: count('overallLimit', body.overallLimit) ?? MAX_RECORDS,
    metadata: String(body.metadata ?? '').toUpperCase() === 'LABELS',
  }
}

function returningOf(sobject: ObjectParameters, shared: Parameters): Returning {
  const { name, where } = sobject
  if (typeof name !== 'string' || !/^\w+$/.test(name)) throw invalidParameter('sobjects', 'every object needs a name')
  const fields = listOf('fields', sobject.fields) ?? listOf('fields', shared.fields) ?? ['Id']
  const order = orderOf(sobject.orderBy)
  const limit = count(`${name}.limit`, sobject.limit) ?? count('defaultLimit', shared.defaultLimit)
  const rest = `${order === '' ? '' : `ORDER BY ${order}`} ${limit === undefined ? '' : `LIMIT ${limit}`}`.trim()
  return { object: name, offset: 0, fields: fields.join(', '), where: textOf(where), rest }
}

/** `orderBy` is text in an address and a list of `{ field, direction, nulls }` in a body. */
function orderOf(given: unknown): string {
  const entries = given === undefined ? [] : [given].flat()
  return entries
    .map((entry: unknown) => {
      if (typeof entry === 'string') return entry
      const { field, direction, nulls } = (entry ?? {}) as Record<string, unknown>
      if (typeof field !== 'string') throw invalidParameter('orderBy', 'every entry needs a field')
      return [field, direction, nulls && `NULLS ${String(nulls)}`].filter(Boolean).join(' ')
    })
    .join(', ')
}

function count(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined
  const number = Number(value)
  if (!Number.isInteger(number) || number < 1 || number > MAX_RECORDS) {
    throw invalidParameter(name, `a whole number from 1 to ${MAX_RECORDS} is expected`)
  }
  return number
}

function listOf(name: string, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined
  const list = [value].flat()
  if (list.length > 0 && list.every((entry) => typeof entry === 'string')) return list
  throw invalidParameter(name, 'a list of field names is expected')
}

function textList(value: unknown): string[] | undefined {
  return typeof value === 'string' ? value.split(',') : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}
