import { checkedFlag, checkedName } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { SaveResult } from '../errors/partial-failure-error.ts'
import { expectedRecord } from '../http/expected.ts'
import { saved } from '../http/saved.ts'
import type { CreateOf, ExternalIdOf, FieldOf, RecordOf, UpdateOf } from '../schema.ts'
import { checkedFields, type RecordFields, upsertBody } from '../sobject/record-body.ts'
import { externalIdParts, keyParts } from '../sobject/record-key.ts'
import { fieldList } from '../sobject/related.ts'
import { type WriteOptions, writeHeaders, writeOptionNames } from '../sobject/write-options.ts'
import { isReference, type Reference, type WithReferences } from './reference.ts'
import type { Subrequest, SubrequestCall } from './subrequest.ts'
import { checkedSubrequest, type SubrequestList, type SubrequestOptions } from './subrequest-list.ts'

/** Options of a subrequest that writes. */
export interface SubrequestWriteOptions
  extends SubrequestOptions,
    Pick<WriteOptions, 'assignmentRule' | 'duplicateRule' | 'updateMru'> {}

/** Options of `get`. */
export interface SubrequestGetOptions<F extends string = string> extends SubrequestOptions {
  /** The fields to read. Default: all fields that the user may see. */
  readonly fields?: readonly F[] | undefined
}

/** Options of `upsert`. */
export interface SubrequestUpsertOptions extends SubrequestWriteOptions {
  /** Checks that the record does not contradict the key, and leaves the key field out of the body. Default true. */
  readonly validate?: boolean | undefined
}

/** Names one record by a single external ID field, whose value may be a reference. */
export type SubrequestExternalId<T> = WithReferences<ExternalIdOf<T>>

/** Names one record by its Id or an external ID, either of which may be a reference. */
export type SubrequestKey<T> = string | Reference | SubrequestExternalId<T>

/** Subrequests for the records of one object: what `salesforce.sobject(name)` does, as parts of a call. */
export class SubrequestRecords<T = Record<string, unknown>> {
  readonly #list: SubrequestList
  readonly #path: string
  /** API name of the object, for instance `Account` or `Invoice__c`. */
  readonly name: string

  /** Made by `sobject(name)` of a composite, batch or graph. */
  constructor(list: SubrequestList, name: string) {
    this.name = checkedName('The name of the object', name)
    this.#list = list
    this.#path = list.path(`${list.connection.dataPath}/sobjects`, name)
  }

  /** Creates a record. Its new Id is `ref('id')`. */
  create(
    record: WithReferences<CreateOf<T>>,
    options?: SubrequestWriteOptions,
  ): Subrequest<SaveResult & { readonly id: string }> {
    const body = this.#fields(record)
    return this.#write('create', { method: 'POST', url: this.#path, body, replay: 'if-unsent' }, options, (answer) => {
      return { ...saved(this.name, answer), created: true }
    })
  }

  /** Reads a record. */
  get<F extends FieldOf<T> = FieldOf<T>>(
    key: SubrequestKey<T>,
    options?: SubrequestGetOptions<F>,
  ): Subrequest<Pick<RecordOf<T>, F>> {
    const { fields, ...others } = checkedSubrequest(options, ['fields'])
    const list = fieldList(fields)
    const url = this.#keyPath(key) + (list === undefined ? '' : `?fields=${list.fields}`)
    return this.#list.add(`${this.name}_get`, { method: 'GET', url, replay: 'always' }, others, (answer) =>
      expectedRecord(`${this.name} get`, answer),
    )
  }

  /** Changes fields of a record that exists; by external ID it needs API 61.0 or later, as `sobject.update` does. */
  update(
    key: SubrequestKey<T>,
    record: WithReferences<UpdateOf<T>>,
    options?: SubrequestWriteOptions,
  ): Subrequest<void> {
    const fields = this.#fields(record)
    const url = this.#keyPath(key)
    const call = { method: 'PATCH', replay: 'if-unsent' } as const
    if (typeof key === 'string' || isReference(key)) {
      return this.#write('update', { ...call, url, body: fields }, options, nothing)
    }
    if (Number.parseInt(this.#list.connection.apiVersion, 10) < 61) {
      throw new ConfigurationError(
        'update by external ID needs API version 61.0 or later; read the Id first, use upsert, or raise apiVersion.',
      )
    }
    const body = upsertBody(this.name, ...this.#externalId(key), fields)
    return this.#write('update', { ...call, url: `${url}?updateOnly=true`, body }, options, nothing)
  }

  /** Creates the record with this external ID, or updates the one that has it. */
  upsert(
    key: SubrequestExternalId<T>,
    record: WithReferences<CreateOf<T> | UpdateOf<T>>,
    options?: SubrequestUpsertOptions,
  ): Subrequest<SaveResult> {
    const { validate = true, ...others } = checkedSubrequest(options, [...writeOptionNames, 'validate'])
    const fields = this.#fields(record)
    const [field, value] = this.#externalId(key)
    const body = checkedFlag('validate', validate) ? upsertBody(this.name, field, value, fields) : fields
    const url = this.#list.path(this.#path, field, value)
    // Before API 46.0 an update answered 204 without a body and an insert 201 without `created`.
    return this.#write('upsert', { method: 'PATCH', url, body, replay: 'always' }, others, (answer, status) => {
      if (status === 204) return { success: true, created: false, errors: [] }
      const { created = status === 201 } = (answer ?? {}) as { readonly created?: boolean }
      return { ...saved(this.name, answer), created }
    })
  }

  /** Moves a record to the recycle bin. */
  delete(key: SubrequestKey<T>, options?: SubrequestOptions): Subrequest<void> {
    const others = checkedSubrequest(options)
    // Sent twice it would fail for what the first send did, and with allOrNone take the others along.
    const call: Omit<SubrequestCall, 'headers'> = { method: 'DELETE', url: this.#keyPath(key), replay: 'if-unsent' }
    return this.#list.add(`${this.name}_delete`, call, others, nothing)
  }

  #write<R>(
    action: string,
    call: Omit<SubrequestCall, 'headers'>,
    options: SubrequestWriteOptions | undefined,
    read: (answer: unknown, status: number) => R,
  ): Subrequest<R> {
    const given = checkedSubrequest(options, writeOptionNames)
    const headers = { ...writeHeaders(given), ...given.headers }
    return this.#list.add(`${this.name}_${action}`, call, { referenceId: given.referenceId, headers }, read)
  }

  #fields(record: unknown): RecordFields {
    return checkedFields(this.name, record, this.#list.rules.references)
  }

  #keyPath(key: SubrequestKey<T>): string {
    if (isReference(key)) return this.#list.path(this.#path, this.#list.text(key))
    if (typeof key !== 'object') return this.#list.path(this.#path, ...keyParts(key))
    return this.#list.path(this.#path, ...this.#externalId(key))
  }

  #externalId(key: SubrequestExternalId<T>): readonly [field: string, value: string] {
    return externalIdParts(key, (value) => this.#textOf(value))
  }

  #textOf(value: unknown): unknown {
    if (isReference(value)) return this.#list.text(value)
    // Text of users must not become the value of another subrequest.
    if (typeof value !== 'string' || !this.#list.refers(value)) return value
    throw new ConfigurationError(
      `The key of ${this.name} holds the text of a reference; give the reference itself, as ref() makes it.`,
    )
  }
}

function nothing(): void {}
