import { SoqlError } from '../soql/error.ts'
import { SoslReader } from './reader.ts'

/** Which fields a search looks into (SOSL, "IN SearchGroup"). */
export type SearchGroup = 'ALL' | 'NAME' | 'EMAIL' | 'PHONE' | 'SIDEBAR'

/** One object of RETURNING: what to show of it, and of which records. */
export interface Returning {
  readonly object: string
  /** Where the object's name stands in the statement. */
  readonly offset: number
  /** The field list as SOQL; `Id` where the statement gives none. */
  readonly fields: string
  /** WHERE, without the word; undefined where there is none. */
  readonly where: string | undefined
  /** ORDER BY, LIMIT and OFFSET as SOQL, or empty. */
  readonly rest: string
}

/** A SOSL statement, or what a parameterized search says in its place. */
export interface SearchStatement {
  /** What stands between the braces. */
  readonly find: string
  readonly group: SearchGroup
  /** Objects to search, all searchable ones when empty. */
  readonly returning: readonly Returning[]
  /** Most records of all objects together. */
  readonly limit: number
  /** True where the answer is to name the labels of its fields. */
  readonly metadata: boolean
}

/** Most records of one search (SOSL, "LIMIT n"). */
export const MAX_RECORDS = 2000

const GROUPS: readonly SearchGroup[] = ['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR']

/**
 * Parses SOSL. Filters inside RETURNING are kept as the SOQL that they are. WITH clauses of features that the org has not
 * (divisions, networks, data categories, snippets, pricebooks) and UPDATE are read and have no effect.
 *
 * Source: SOQL and SOSL Reference, "SOSL Syntax".
 *
 * @throws {@link SoqlError} MALFORMED_SEARCH that points at the word which cannot stand where it stands.
 */
export function parseSosl(sosl: string): SearchStatement {
  const reader = new SoslReader(sosl)
  if (!reader.take('FIND')) throw reader.error('No search term found. The search term must be enclosed in braces.')
  const find = reader.braces()
  const group = reader.take('IN') ? readGroup(reader) : 'ALL'
  const returning = reader.take('RETURNING') ? readList(reader) : []
  let metadata = false
  while (reader.take('WITH')) metadata = readWith(reader) || metadata
  const limit = reader.take('LIMIT') ? readLimit(reader) : MAX_RECORDS
  if (reader.take('UPDATE')) readUpdate(reader)
  if (reader.word() !== '') throw reader.unexpected()
  return { find, group, returning, limit, metadata }
}

function readGroup(reader: SoslReader): SearchGroup {
  const group = GROUPS.find((name) => reader.take(name))
  if (group === undefined || !reader.take('FIELDS')) throw reader.error(`Malformed search token: ${reader.word()}`)
  return group
}

function readList(reader: SoslReader): Returning[] {
  const list = [readReturning(reader)]
  while (reader.take(',')) list.push(readReturning(reader))
  return list
}

function readReturning(reader: SoslReader): Returning {
  const { offset } = reader
  const object = reader.name()
  const inner = reader.parentheses()
  if (inner === undefined) return { object, offset, fields: 'Id', where: undefined, rest: '' }
  const [fields = '', ...clauses] = splitClauses(inner)
  if (fields === '') throw SoqlError.at(reader.text, offset, 'MALFORMED_SEARCH', `fields are missing for ${object}`)
  const where = clauses.find((clause) => /^WHERE\b/i.test(clause))?.slice('WHERE'.length)
  const rest = clauses.filter((clause) => /^(?:ORDER|LIMIT|OFFSET)\b/i.test(clause)).join(' ')
  return { object, offset, fields, where, rest }
}

const CLAUSE = /'(?:\\.|[^'\\])*'|[()]|\b(?:USING\s+LISTVIEW|WHERE|ORDER\s+BY|LIMIT|OFFSET)\b/gi

/** The field list and the clauses after it; words inside literals and parentheses begin no clause. */
function splitClauses(inner: string): string[] {
  const starts = [0]
  let depth = 0
  for (const { 0: sign, index } of inner.matchAll(CLAUSE)) {
    if (sign === '(') depth += 1
    else if (sign === ')') depth -= 1
    else if (depth === 0 && !sign.startsWith("'")) starts.push(index)
  }
  return starts.map((start, index) => inner.slice(start, starts[index + 1]).trim())
}

const EQUATIONS: readonly string[] = ['DIVISION', 'NETWORK', 'PRICEBOOKID', 'METADATA', 'SPELL_CORRECTION', 'HIGHLIGHT']

/** Reads one WITH clause; true where it asks for metadata. */
function readWith(reader: SoslReader): boolean {
  if (reader.take('SNIPPET') || reader.take('HIGHLIGHT')) {
    reader.parentheses()
    return false
  }
  if (reader.take('DATA')) {
    while (!['', 'WITH', 'LIMIT', 'UPDATE'].includes(reader.word().toUpperCase())) reader.skip()
    return false
  }
  const subject = EQUATIONS.find((name) => reader.take(name))
  if (subject === undefined) throw reader.unexpected()
  if (!reader.take('=') && !reader.take('IN')) throw reader.unexpected()
  if (reader.parentheses() === undefined) reader.skip()
  return subject === 'METADATA'
}

function readLimit(reader: SoslReader): number {
  const text = reader.word()
  if (!/^\d+$/.test(text)) throw reader.unexpected()
  reader.skip()
  return Math.min(Number(text), MAX_RECORDS)
}

function readUpdate(reader: SoslReader): void {
  do {
    if (!reader.take('TRACKING') && !reader.take('VIEWSTAT')) throw reader.unexpected()
  } while (reader.take(','))
}
