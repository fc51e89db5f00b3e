import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import type { ObjectSchema } from '../schema/types.ts'
import { SoqlError } from '../soql/error.ts'
import { locate } from '../soql/locate.ts'
import type { JsonRecord } from '../soql/record-reader.ts'
import { parseSearch, type SearchExpression } from './expression.ts'
import { SearchIndex } from './search-index.ts'
import type { Returning, SearchStatement } from './statement.ts'

/** The labels of what a search shows of one object (REST API Developer Guide, "Search": WITH METADATA='LABELS'). */
export interface EntityMetadata {
  readonly entityName: string
  readonly fieldMetadata: readonly { readonly name: string; readonly label: string }[]
}

/** What a search found: the records object by object in the order of RETURNING, the best match first. */
export interface SearchResult {
  readonly records: readonly JsonRecord[]
  readonly metadata: readonly EntityMetadata[]
}

/** Runs searches over the full text of all searchable objects. Knows no HTTP. */
export class SearchService {
  readonly #org: Org
  readonly #queries: QueryService
  readonly #indexes: Map<string, SearchIndex> = new Map()

  constructor(org: Org, queries: QueryService) {
    this.#org = org
    this.#queries = queries
    org.onReset(() => {
      for (const index of this.#indexes.values()) index.clear()
    })
  }

  /**
   * Runs a search.
   *
   * @param text the SOSL, for error messages that point into it.
   * @param version API version of the call, for record urls.
   * @throws SoqlError where the search is refused.
   */
  search(statement: SearchStatement, text: string, version: string): SearchResult {
    const expression = pointingInto(text, statement.find, () => parseSearch(statement.find))
    const records: JsonRecord[] = []
    const metadata: EntityMetadata[] = []
    for (const returning of this.#targets(statement)) {
      const object = this.#searchable(returning, text)
      const found = this.#records(object, returning, { statement, expression, text, version })
      records.push(...found.slice(0, statement.limit - records.length))
      if (statement.metadata) metadata.push(this.#labels(object, returning))
    }
    return { records, metadata }
  }

  #targets({ returning }: SearchStatement): readonly Returning[] {
    if (returning.length > 0) return returning
    const objects = this.#org.schema.objects.filter((object) => object.searchable)
    return objects.map(({ name }) => ({ object: name, offset: 0, fields: 'Id', where: undefined, rest: '' }))
  }

  #searchable({ object: name, offset }: Returning, text: string): ObjectSchema {
    const object = this.#org.schema.object(name)
    if (object?.searchable) return object
    const message = object
      ? `entity type ${object.name} does not support search`
      : `sObject type '${name}' is not supported.`
    throw SoqlError.at(text, offset, 'INVALID_TYPE', message)
  }

  #records(
    object: ObjectSchema,
    returning: Returning,
    search: { statement: SearchStatement; expression: SearchExpression; text: string; version: string },
  ): JsonRecord[] {
    const ids = this.#index(object).find(search.expression, search.statement.group)
    const { fields, where, rest } = returning
    const soql = `SELECT ${fields} FROM ${object.name}${where === undefined ? '' : ` WHERE ${where}`} ${rest}`
    const records = pointingInto(search.text, returning, () => this.#queries.recordsAmong(soql, ids, search.version))
    return /\bORDER\s+BY\b/i.test(rest) ? records : byRelevance(records, ids)
  }

  #index(object: ObjectSchema): SearchIndex {
    const known = this.#indexes.get(object.name)
    if (known !== undefined) return known
    const index = new SearchIndex(this.#org.database, object)
    this.#indexes.set(object.name, index)
    return index
  }

  #labels(object: ObjectSchema, { fields }: Returning): EntityMetadata {
    const named = fields.split(',').map((name) => this.#org.schema.field(object.name, name.trim()))
    const fieldMetadata = named.filter((field) => field !== undefined).map(({ name, label }) => ({ name, label }))
    return { entityName: object.name, fieldMetadata }
  }
}

/** Records carry their Id in the url of their attributes, whether or not it was asked for. */
function byRelevance(records: readonly JsonRecord[], ids: readonly string[]): JsonRecord[] {
  const rank = new Map(ids.map((id, index) => [id, index]))
  const rankOf = (record: JsonRecord): number => rank.get((record.attributes as { url: string }).url.slice(-18)) ?? 0
  return records.toSorted((one, other) => rankOf(one) - rankOf(other))
}

/** Makes a refusal point into the statement that the client sent, not into a part of it. */
function pointingInto<T>(text: string, part: string | Returning, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof SoqlError)) throw error
    const message = error.message.slice(error.message.lastIndexOf('\n') + 1)
    const offset = typeof part === 'string' ? text.indexOf(part) : (wordAt(text, message) ?? part.offset)
    throw SoqlError.at(text, Math.max(0, offset), error.errorCode, message)
  }
}

/** Where the word stands that a message puts in quotes first. */
function wordAt(text: string, message: string): number | undefined {
  const word = /'([\w.]+)'/.exec(message)?.[1]
  return word === undefined ? undefined : locate(text, word)
}
