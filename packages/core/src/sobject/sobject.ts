import { checkedFlag, checkedName } from '../check.ts'
import { NotFoundError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { SaveResult } from '../errors/partial-failure-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList, expectedRecord } from '../http/expected.ts'
import { pathOf } from '../http/path.ts'
import { refusedWhenRepeated } from '../http/repeated.ts'
import { saved } from '../http/saved.ts'
import type { RecordStream } from '../record-stream.ts'
import type { CreateOf, ExternalIdOf, FieldOf, RecordKeyOf, RecordOf, UpdateOf } from '../schema.ts'
import { type BlobContent, readBlob } from './blob.ts'
import { type DeletedRecords, readChanges, type UpdatedRecords } from './changes.ts'
import { type ChangeConditions, conditionHeaders, type IfChanged, type RecordConditions } from './conditions.ts'
import { type DescribeIfChanged, readDescribe, type SObjectDescribe } from './describe.ts'
import { DescribeCache } from './describe-cache.ts'
import { checkedFields, upsertBody } from './record-body.ts'
import { externalIdParts, keyParts } from './record-key.ts'
import { fieldList, parentRecord, type RelatedOptions, relatedRecords } from './related.ts'
import { type WriteOptions, writeCall, writeOptionNames } from './write-options.ts'

/** Options of `get`. */
export interface GetOptions<F extends string = string> extends CallOptions, RecordConditions {
  /** The fields to read. Default: all fields that the user may see. */
  readonly fields?: readonly F[] | undefined
  /** Whether the record joins the list of recently used ones; see `WriteOptions`. */
  readonly updateMru?: boolean | undefined
}

/** Options of `update`. */
export interface UpdateOptions extends WriteOptions, RecordConditions {
  /** Only if the record has none of these ETags; accounts only. */
  readonly ifNoneMatch?: string | readonly string[] | undefined
}

/** Options of `upsert`. */
export interface UpsertOptions extends WriteOptions {
  /**
   * Checks that the record does not contradict the key, and leaves the key field out of the body. Default true; with
   * false the record is sent as it is.
   */
  readonly validate?: boolean | undefined
}

const conditionNames = ['ifUnmodifiedSince', 'ifMatch', 'ifNoneMatch'] as const
const getNames = [...conditionNames, 'ifModifiedSince', 'fields', 'updateMru'] as const
const updateNames = [...writeOptionNames, ...conditionNames] as const

/**
 * The records of one object. Follows "sObject Rows" and "sObject Rows by External ID" of the REST API guide.
 *
 * @typeParam T - The record, or an {@link ObjectType} of a schema.
 */
export class SObject<T = Record<string, unknown>> {
  readonly #connection: Connection
  readonly #describes: DescribeCache
  readonly #path: string
  /** API name of the object, for instance `Account` or `Invoice__c`. */
  readonly name: string

  /** Made by `salesforce.sobject(name)`. */
  constructor(connection: Connection, name: string, describes: DescribeCache = new DescribeCache(connection, 0)) {
    this.name = checkedName('The name of the object', name)
    this.#connection = connection
    this.#describes = describes
    this.#path = pathOf(`${connection.dataPath}/sobjects`, name)
  }

  /**
   * Creates a record. Never sent twice unless the first surely did nothing, so that no duplicate arises.
   *
   * @throws DuplicateError when a duplicate rule refuses it; ApiError for everything else that Salesforce refuses.
   */
  async create(record: CreateOf<T>, options?: WriteOptions): Promise<SaveResult & { readonly id: string }> {
    const body = { json: checkedFields(this.name, record) }
    const call = writeCall(checkedCall(options, 'create', writeOptionNames))
    const answer = await this.#connection.json({ method: 'POST', path: this.#path, body, replay: 'if-unsent' }, call)
    return { ...saved(this.name, answer), created: true }
  }

  /**
   * Reads a record by its Id or by an external ID. With `ifModifiedSince` or `ifNoneMatch` it is `undefined` when
   * nothing has changed.
   *
   * @throws NotFoundError when there is none; MultipleMatchesError when an external ID names several.
   */
  get<F extends FieldOf<T> = FieldOf<T>>(
    key: RecordKeyOf<T>,
    options: GetOptions<F> & IfChanged,
  ): Promise<Pick<RecordOf<T>, F> | undefined>
  /** Reads a record by its Id or by an external ID. */
  get<F extends FieldOf<T> = FieldOf<T>>(key: RecordKeyOf<T>, options?: GetOptions<F>): Promise<Pick<RecordOf<T>, F>>
  async get(key: RecordKeyOf<T>, options?: GetOptions & ChangeConditions): Promise<unknown> {
    const path = pathOf(this.#path, ...keyParts(key))
    const given = checkedCall<GetOptions & ChangeConditions>(options, 'get', getNames)
    const call = writeCall({ ...given, headers: { ...conditionHeaders(given), ...given.headers } })
    const query = fieldList(given.fields)
    const { status, content } = await this.#connection.jsonAnswer(
      { method: 'GET', path, query, replay: 'always' },
      call,
    )
    return status === 304 ? undefined : expectedRecord(`${this.name} get`, content)
  }

  /**
   * Changes fields of a record that exists. By external ID it asks for an update only (`updateOnly`, API 61.0 and
   * later), since the plain call would create a missing record; conditions need the Id.
   *
   * @throws NotFoundError when there is none; ApiError with status 412 when a condition does not hold.
   */
  async update(key: RecordKeyOf<T>, record: UpdateOf<T>, options?: UpdateOptions): Promise<void> {
    const fields = checkedFields(this.name, record)
    const given = checkedCall<UpdateOptions>(options, 'update', updateNames)
    const conditions = conditionHeaders(given)
    const call = writeCall({ ...given, headers: { ...conditions, ...given.headers } })
    const path = pathOf(this.#path, ...keyParts(key))
    if (typeof key === 'string') {
      await this.#connection.json({ method: 'PATCH', path, body: { json: fields }, replay: 'if-unsent' }, call)
      return
    }
    if (Object.keys(conditions).length > 0) {
      throw new ConfigurationError('update by external ID takes no conditions; Salesforce checks them by Id only.')
    }
    if (Number.parseInt(this.#connection.apiVersion, 10) < 61) {
      throw new ConfigurationError(
        'update by external ID needs API version 61.0 or later; read the Id first, use upsert, or raise apiVersion.',
      )
    }
    const body = { json: upsertBody(this.name, ...externalIdParts(key), fields) }
    await this.#connection.json({ method: 'PATCH', path, query: { updateOnly: true }, body, replay: 'if-unsent' }, call)
  }

  /**
   * Creates the record with this external ID, or updates the one that has it. Safe to repeat. The Id itself is no
   * external ID in the REST API: use `create` or `update` with it.
   *
   * @returns `created` tells which of both; `id` is absent when an API version before 46.0 answered an update.
   * @throws MultipleMatchesError when several records have the value (nothing was changed then).
   */
  async upsert(key: ExternalIdOf<T>, record: CreateOf<T> | UpdateOf<T>, options?: UpsertOptions): Promise<SaveResult> {
    const { validate = true, ...given } = checkedCall<UpsertOptions>(options, 'upsert', [
      ...writeOptionNames,
      'validate',
    ])
    const [field, value] = externalIdParts(key)
    const fields = checkedFields(this.name, record)
    const json = checkedFlag('validate', validate) ? upsertBody(this.name, field, value, fields) : fields
    const path = pathOf(this.#path, field, value)
    const { status, content } = await this.#connection.jsonAnswer(
      { method: 'PATCH', path, body: { json }, replay: 'always' },
      writeCall(given),
    )
    // Before API 46.0 an update answered 204 without a body and an insert 201 without `created`.
    if (status === 204) return { success: true, created: false, errors: [] }
    const { created = true } = (content ?? {}) as { readonly created?: boolean }
    return { ...saved(this.name, content), created }
  }

  /** Moves a record to the recycle bin. Salesforce knows no conditions for deletes. */
  async delete(key: RecordKeyOf<T>, call?: CallOptions): Promise<void> {
    const path = pathOf(this.#path, ...keyParts(key))
    const callOptions = checkedCall(call, 'delete')
    try {
      await this.#connection.json({ method: 'DELETE', path, replay: 'always' }, callOptions)
    } catch (error) {
      // The first attempt may have deleted it, and only its answer was lost.
      if (!refusedWhenRepeated(error)) throw error
      if (!error.has('ENTITY_IS_DELETED') && (typeof key === 'string' || !(error instanceof NotFoundError))) throw error
    }
  }

  /**
   * Fields, child relationships and abilities of the object. The client keeps what it read (`describeCache`) and asks
   * Salesforce each time whether it still holds, so that it is never out of date; kept answers are frozen. With
   * `ifModifiedSince` it is `undefined` when nothing has changed.
   */
  describe(options: DescribeIfChanged): Promise<SObjectDescribe | undefined>
  /** Fields, child relationships and abilities of the object. */
  describe(call?: CallOptions): Promise<SObjectDescribe>
  describe(options?: CallOptions | DescribeIfChanged): Promise<SObjectDescribe | undefined> {
    return readDescribe(this.#describes, `${this.#path}/describe`, 'fields', options)
  }

  /**
   * Ids of records created or changed from `start` to `end`, at most 30 days ago and at least a minute apart ("sObject
   * Get Updated").
   */
  updated(start: Date, end: Date, call?: CallOptions): Promise<UpdatedRecords> {
    return readChanges(this.#connection, this.#path, 'updated', [start, end], call)
  }

  /** Records deleted from `start` to `end`, at most 15 days ago and at least a minute apart ("sObject Get Deleted"). */
  deleted(start: Date, end: Date, call?: CallOptions): Promise<DeletedRecords> {
    return readChanges(this.#connection, this.#path, 'deleted', [start, end], call)
  }

  /** The records of this object that the user looked at last, newest first, with few of their fields. */
  async recent(call?: CallOptions): Promise<Partial<RecordOf<T>>[]> {
    const callOptions = checkedCall(call, 'recent')
    const answer = await this.#connection.json({ method: 'GET', path: this.#path, replay: 'always' }, callOptions)
    return expectedList(`${this.name} recent`, answer, 'recentItems')
  }

  /**
   * The child records behind a relationship: `accounts.related(id, 'Contacts', { fields: ['Id', 'Name'] })`. Reads on
   * page by page like a query.
   */
  related<R = Record<string, unknown>>(id: string, relationship: string, options?: RelatedOptions): RecordStream<R> {
    return relatedRecords<R>(this.#connection, this.#path, id, relationship, options)
  }

  /**
   * The parent record behind a relationship, or behind up to five in a row: `contacts.parent(id, 'Account.Owner')`.
   *
   * @throws NotFoundError when the record has no such parent, or does not exist.
   */
  parent<R = Record<string, unknown>>(id: string, relationship: string, options?: RelatedOptions): Promise<R> {
    return parentRecord<R>(this.#connection, this.#path, id, relationship, options)
  }

  /**
   * The content of a binary field as a stream, for instance `Body` of an Attachment ("sObject Blob Get"). Whatever comes
   * is the content: a proxy that answers 200 with a page cannot be told from a field that holds one.
   */
  blob(id: string, field: FieldOf<T>, call?: CallOptions): Promise<BlobContent> {
    return readBlob(this.#connection, this.#path, id, field, call)
  }
}
