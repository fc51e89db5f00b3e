import { checkedFieldNames, checkedFlag, checkedId, checkedName, checkedWholeNumber, refuse } from '../check.ts'
import { defaultParallelCalls, mostParallelCalls, runChunks } from '../composite/chunks.ts'
import type { SaveResult } from '../errors/partial-failure-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { endOf } from '../http/end-of.ts'
import { pathOf } from '../http/path.ts'
import type { CreateOf, FieldOf, ObjectType, RecordOf, UpdateOf } from '../schema.ts'
import { type WriteOptions, writeCall, writeOptionNames } from '../sobject/write-options.ts'
import { isIdField, recordToCreate, recordToUpdate, recordToUpsert } from './collection-record.ts'
import { whereDeletedBefore } from './deleted-rows.ts'
import { completeRows, readRecords, readResults, refusedError, stoppedError } from './row-result.ts'
import { Intake, type Rows } from './rows.ts'
import { type SendRows, saveRows } from './save-rows.ts'

/** Options of the methods that write. */
export interface CollectionsOptions extends WriteOptions {
  /**
   * Rolls a whole call back when one of its records is refused. It holds within a call of 200 records, never over
   * several calls. Default false.
   */
  readonly allOrNone?: boolean | undefined
  /**
   * Calls under way at the same time, 1 to 25. With 1 the records are saved in their order, and records of one parent
   * do not lock each other out. Default 5.
   */
  readonly parallelCalls?: number | undefined
  /** Rejects with a `PartialFailureError` when a record was refused. Default false: refusals are results. */
  readonly raise?: boolean | undefined
}

/** Options of `retrieve`. */
export interface RetrieveOptions extends CallOptions {
  /** Calls under way at the same time, 1 to 25. Default 5. */
  readonly parallelCalls?: number | undefined
}

/** Name of a field that names a record in an upsert; `Id` for Salesforce's own. */
export type ExternalIdFieldOf<T> = T extends ObjectType ? T['externalIds'] | 'Id' : string

/** Most records of a call that writes, and of one that reads. */
const mostRecords = 200
const mostIds = 2_000

const optionNames = [...writeOptionNames, 'allOrNone', 'parallelCalls', 'raise'] as const

/** What differs between the methods that write. */
const methods = { create: 'POST', update: 'PATCH', upsert: 'PATCH', delete: 'DELETE' } as const

interface Write<R, P> {
  readonly verb: keyof typeof methods
  /** Default: that of collections. */
  readonly path?: string
  readonly prepare: (row: R, index: number) => P
  readonly send: (rows: readonly P[], allOrNone: boolean, call: CallOptions) => Promise<readonly SaveResult[]>
}

/**
 * Many records of one object in few calls: 200 a call (2,000 for `retrieve`), a few calls at the same time, results in
 * the order of the input. Follows "sObject Collections" of the REST API guide.
 *
 * A record that was locked (`UNABLE_TO_LOCK_ROW`) is sent again by the retry policy. When a call fails, no further one
 * starts and nothing is lost: the methods that write then reject with a `PartialFailureError` whose `results` hold a
 * {@link RowResult} for each record, and whose `cause` is the failure. A failure before anything was saved is thrown as
 * it is.
 */
export class Collections<T = Record<string, unknown>> {
  readonly #connection: Connection
  readonly #path: string
  /** API name of the object, for instance `Account` or `Invoice__c`. */
  readonly name: string

  constructor(connection: Connection, name: string) {
    this.name = checkedName('The name of the object', name)
    this.#connection = connection
    this.#path = `${connection.dataPath}/composite/sobjects`
  }

  /**
   * Creates records. A call is never sent twice unless the first surely did nothing, so that no duplicate arises.
   *
   * @example
   * ```ts
   * const results = await salesforce.collections('Account').create(rows)
   * results.forEach((result, index) => {
   *   if (!result.success) console.warn(rows[index], result.errors)
   * })
   * ```
   */
  async create(records: Rows<CreateOf<T>>, options?: CollectionsOptions): Promise<SaveResult[]> {
    return this.#write(records, options, {
      verb: 'create',
      prepare: (record, index) => recordToCreate(this.name, record, index),
      send: async (rows, allOrNone, call) => {
        const request = this.#post('POST', this.#path, { allOrNone, records: rows })
        return readResults(await this.#connection.json(request, call), rows.length, true)
      },
    })
  }

  /** Changes fields of records that exist; each record holds its `Id`. */
  async update(
    records: Rows<UpdateOf<T> & { readonly Id: string }>,
    options?: CollectionsOptions,
  ): Promise<SaveResult[]> {
    return this.#write(records, options, {
      verb: 'update',
      prepare: (record, index) => recordToUpdate(this.name, record, index),
      send: async (rows, allOrNone, call) => {
        const request = this.#post('PATCH', this.#path, { allOrNone, records: rows })
        return readResults(await this.#connection.json(request, call), rows.length, undefined)
      },
    })
  }

  /**
   * Creates the records whose external ID is new and updates the others; `created` tells which. Safe to repeat, except
   * by `Id`, where a record without one is created.
   */
  async upsert(
    externalIdField: ExternalIdFieldOf<T>,
    records: Rows<(CreateOf<T> | UpdateOf<T>) & { readonly Id?: string }>,
    options?: CollectionsOptions,
  ): Promise<SaveResult[]> {
    const field = checkedName('externalIdField', externalIdField)
    const path = pathOf(this.#path, this.name, field)
    return this.#write(records, options, {
      verb: 'upsert',
      path,
      prepare: (record, index) => recordToUpsert(this.name, field, record, index),
      send: async (rows, allOrNone, call) => {
        const request = this.#post('PATCH', path, { allOrNone, records: rows })
        const replay = isIdField(field) ? 'if-unsent' : 'always'
        return readResults(await this.#connection.json({ ...request, replay }, call), rows.length, undefined)
      },
    })
  }

  /** Moves records to the recycle bin, by their Ids. */
  async delete(ids: Rows<string>, options?: CollectionsOptions): Promise<SaveResult[]> {
    return this.#write(ids, options, {
      verb: 'delete',
      prepare: (id, index) => checkedId(`ids[${index}]`, id),
      send: async (rows, allOrNone, call) => {
        // 200 Ids make a path of 3,900 characters, well below Salesforce's 16,384.
        const path = `${this.#path}?ids=${rows.join(',')}&allOrNone=${allOrNone}`
        const answer = await this.#connection.jsonAnswer({ method: 'DELETE', path, replay: 'always' }, call)
        const results = readResults(answer.content, rows.length, undefined)
        return answer.uncertain ? whereDeletedBefore(results, rows) : results
      },
    })
  }

  /**
   * Reads records by their Ids. `null` stands for an Id that names no record, or none that the user may see. Ids and
   * fields travel in the body, so neither can be too many for a URL.
   */
  async retrieve<F extends FieldOf<T>>(
    ids: Rows<string>,
    fields: readonly F[],
    options?: RetrieveOptions,
  ): Promise<(Pick<RecordOf<T>, F> | null)[]> {
    const { parallelCalls = defaultParallelCalls, ...call } = checkedCall(options, 'retrieve', ['parallelCalls'])
    const names = checkedFieldNames('fields', fields)
    if (names.length === 0) refuse('fields', "a list of one field or more, such as ['Id', 'Name']", names)
    const inFlight = checkedWholeNumber('parallelCalls', parallelCalls, 1, mostParallelCalls)
    const intake = new Intake('ids', ids, (id, index) => checkedId(`ids[${index}]`, id))
    const path = pathOf(this.#path, this.name)
    const { results, failure } = await runChunks(
      intake.chunks(mostIds),
      inFlight,
      endOf(this.#connection, call.signal),
      async ({ items }) => {
        const request: ApiRequest = { ...this.#post('POST', path, { ids: items, fields: names }), replay: 'always' }
        return { results: readRecords<Pick<RecordOf<T>, F>>(await this.#connection.json(request, call), items.length) }
      },
    )
    if (failure !== undefined) throw failure.reason
    return results as (Pick<RecordOf<T>, F> | null)[]
  }

  #post(method: 'POST' | 'PATCH', path: string, json: unknown): ApiRequest {
    return { method, path, body: { json }, replay: 'if-unsent' }
  }

  async #write<R, P>(
    rows: Rows<R>,
    options: CollectionsOptions | undefined,
    write: Write<R, P>,
  ): Promise<SaveResult[]> {
    const given = checkedCall(options, write.verb, optionNames)
    const { allOrNone = false, raise = false, parallelCalls = defaultParallelCalls } = given
    checkedFlag('allOrNone', allOrNone)
    checkedFlag('raise', raise)
    const inFlight = checkedWholeNumber('parallelCalls', parallelCalls, 1, mostParallelCalls)
    const call = writeCall(given)
    const intake = new Intake(write.verb === 'delete' ? 'ids' : 'records', rows, write.prepare)
    const address = { method: methods[write.verb], path: write.path ?? this.#path }
    const send: SendRows<P> = (some, left) => write.send(some, allOrNone, left)
    const outcome = await runChunks(
      intake.chunks(mostRecords),
      inFlight,
      endOf(this.#connection, call.signal),
      ({ items }) => saveRows(this.#connection, address, items, send, allOrNone, call),
    )
    const results = completeRows(outcome.results, intake.count)
    if (outcome.failure !== undefined) throw stoppedError(`${write.verb} of ${this.name}`, outcome, results)
    const refusal = raise ? refusedError(this.name, results) : undefined
    if (refusal !== undefined) throw refusal
    return results
  }
}
