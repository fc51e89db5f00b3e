import { ApiError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { SaveResult } from '../errors/partial-failure-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { pathOf } from '../http/path.ts'
import type { DeletedRecords, SObjectDescribe, UpdatedRecords } from './describe.ts'
import { checkedFields, type RecordFields, upsertBody } from './record-body.ts'
import { type ExternalIdKey, externalIdParts, keyParts, type RecordKey } from './record-key.ts'

/** Options of `get`. */
export interface GetOptions extends CallOptions {
  /** The fields to read. Default: all fields that the user may see. */
  readonly fields?: readonly string[] | undefined
}

/** Options of `upsert`. */
export interface UpsertOptions extends CallOptions {
  /**
   * Checks that the record does not contradict the key, and leaves the key field out of the body. Default true; with
   * false the record is sent as it is.
   */
  readonly validate?: boolean | undefined
}

/** The records of one object. Follows "sObject Rows" and "sObject Rows by External ID" of the REST API guide. */
export class SObject<T = Record<string, unknown>> {
  readonly #connection: Connection
  readonly #path: string
  /** API name of the object, for instance `Account` or `Invoice__c`. */
  readonly name: string

  constructor(connection: Connection, name: string) {
    if (typeof name !== 'string' || name.trim() === '') throw new ConfigurationError('The name of the object is empty.')
    this.#connection = connection
    this.#path = pathOf(`${connection.dataPath}/sobjects`, name)
    this.name = name
  }

  /**
   * Creates a record. Never sent twice unless the first surely did nothing, so that no duplicate arises.
   *
   * @throws DuplicateError when a duplicate rule refuses it; ApiError for everything else that Salesforce refuses.
   */
  async create(record: RecordFields, call?: CallOptions): Promise<SaveResult & { readonly id: string }> {
    const body = { json: checkedFields(this.name, record) }
    const result = await this.#connection.json<{ id: string; success: boolean }>(
      { method: 'POST', path: this.#path, body, replay: 'if-unsent' },
      call,
    )
    return { id: result.id, success: true, created: true, errors: [] }
  }

  /**
   * Reads a record by its Id or by an external ID.
   *
   * @throws NotFoundError when there is none; MultipleMatchesError when an external ID names several.
   */
  async get(key: RecordKey, options: GetOptions = {}): Promise<T> {
    const { fields, ...call } = options
    if (fields !== undefined && !Array.isArray(fields)) {
      throw new ConfigurationError("get: fields must be a list of names, such as ['Id', 'Name'].")
    }
    const path = pathOf(this.#path, ...keyParts(key))
    const query = fields === undefined || fields.length === 0 ? undefined : { fields: fields.join(',') }
    return this.#connection.json<T>({ method: 'GET', path, query, replay: 'always' }, call)
  }

  /**
   * Changes fields of a record that exists. By external ID it asks for an update only (`updateOnly`, API 61.0 and
   * later), since the plain call would create a missing record.
   *
   * @throws NotFoundError when there is none.
   */
  async update(key: RecordKey, record: RecordFields, call?: CallOptions): Promise<void> {
    const fields = checkedFields(this.name, record)
    if (typeof key === 'string') {
      const path = pathOf(this.#path, ...keyParts(key))
      await this.#connection.json({ method: 'PATCH', path, body: { json: fields }, replay: 'if-unsent' }, call)
      return
    }
    if (Number.parseInt(this.#connection.apiVersion, 10) < 61) {
      throw new ConfigurationError(
        'update by external ID needs API version 61.0 or later; read the Id first, use upsert, or raise apiVersion.',
      )
    }
    const [field, value] = externalIdParts(key)
    const path = pathOf(this.#path, field, value)
    const body = { json: upsertBody(this.name, field, value, fields) }
    await this.#connection.json({ method: 'PATCH', path, query: { updateOnly: true }, body, replay: 'if-unsent' }, call)
  }

  /**
   * Creates the record with this external ID, or updates the one that has it. Safe to repeat.
   *
   * @returns `created` tells which of both; `id` is absent when an API version before 46.0 answered an update.
   * @throws MultipleMatchesError when several records have the value (nothing was changed then).
   */
  async upsert(key: ExternalIdKey, record: RecordFields, options: UpsertOptions = {}): Promise<SaveResult> {
    const { validate = true, ...call } = options
    const [field, value] = externalIdParts(key)
    const fields = checkedFields(this.name, record)
    const json = validate ? upsertBody(this.name, field, value, fields) : fields
    const path = pathOf(this.#path, field, value)
    const result = await this.#connection.json<{ id: string; created?: boolean } | undefined>(
      { method: 'PATCH', path, body: { json }, replay: 'always' },
      call,
    )
    // Before API 46.0 an update answered 204 without a body and an insert 201 without `created`.
    if (result === undefined) return { success: true, created: false, errors: [] }
    return { id: result.id, success: true, created: result.created ?? true, errors: [] }
  }

  /** Moves a record to the recycle bin. */
  async delete(key: RecordKey, call?: CallOptions): Promise<void> {
    const path = pathOf(this.#path, ...keyParts(key))
    try {
      await this.#connection.json({ method: 'DELETE', path, replay: 'always' }, call)
    } catch (error) {
      // The first attempt deleted it and only its answer was lost.
      const repeated = error instanceof ApiError && (error.request?.attempts ?? 1) > 1
      if (!(repeated && error.has('ENTITY_IS_DELETED'))) throw error
    }
  }

  /** Fields, child relationships and abilities of the object. */
  describe(call?: CallOptions): Promise<SObjectDescribe> {
    return this.#connection.json({ method: 'GET', path: `${this.#path}/describe`, replay: 'always' }, call)
  }

  /** Ids of records created or changed from `start` to `end` (at most 30 days ago; the span needs a minute or more). */
  async updated(start: Date, end: Date, call?: CallOptions): Promise<UpdatedRecords> {
    return this.#changes('updated', start, end, call)
  }

  /** Records deleted from `start` to `end`. */
  async deleted(start: Date, end: Date, call?: CallOptions): Promise<DeletedRecords> {
    return this.#changes('deleted', start, end, call)
  }

  /** The records of this object that the user looked at last, and basic facts about the object. */
  async recent(call?: CallOptions): Promise<T[]> {
    const answer = await this.#connection.json<{ recentItems?: T[] }>(
      { method: 'GET', path: this.#path, replay: 'always' },
      call,
    )
    return answer.recentItems ?? []
  }

  #changes<R>(kind: 'updated' | 'deleted', start: Date, end: Date, call?: CallOptions): Promise<R> {
    if (![start, end].every((date) => date instanceof Date && !Number.isNaN(date.getTime()))) {
      throw new ConfigurationError(`${kind}: start and end must be valid dates.`)
    }
    const query = { start: seconds(start), end: seconds(end) }
    return this.#connection.json<R>({ method: 'GET', path: `${this.#path}/${kind}/`, query, replay: 'always' }, call)
  }
}

/** Salesforce ignores seconds here and documents offsets written as +00:00. */
function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}+00:00`
}
