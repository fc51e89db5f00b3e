import { checkedFieldNames, checkedFlag, checkedId, checkedList, checkedName, refuse } from '../check.ts'
import { recordToCreate, recordToUpdate, recordToUpsert } from '../collections/collection-record.ts'
import type { ExternalIdFieldOf } from '../collections/collections.ts'
import { readRecords, readResults } from '../collections/row-result.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { SaveResult } from '../errors/partial-failure-error.ts'
import type { CreateOf, FieldOf, RecordOf, UpdateOf } from '../schema.ts'
import { type WriteOptions, writeHeaders, writeOptionNames } from '../sobject/write-options.ts'
import { isReference, type Reference, type WithReferences } from './reference.ts'
import type { Subrequest, SubrequestCall } from './subrequest.ts'
import { checkedSubrequest, type SubrequestList, type SubrequestOptions } from './subrequest-list.ts'

/** Options of a collection that writes. */
export interface SubrequestCollectionsOptions
  extends SubrequestOptions,
    Pick<WriteOptions, 'assignmentRule' | 'duplicateRule' | 'updateMru'> {
  /** Rolls the collection back when one of its records is refused. Default false. */
  readonly allOrNone?: boolean | undefined
}

/** Most records of a collection inside a composite. */
const mostRecords = 200

const optionNames = [...writeOptionNames, 'allOrNone'] as const

/**
 * Up to 200 records of one object as one subrequest: what `salesforce.collections(name)` does, as a part of a
 * composite. A subrequest succeeds although records are refused: its value tells of each record. Results are a list, so
 * a reference begins with a position: `contacts.ref(0, 'id')`.
 */
export class SubrequestCollections<T = Record<string, unknown>> {
  readonly #list: SubrequestList
  readonly #path: string
  /** API name of the object, for instance `Account` or `Invoice__c`. */
  readonly name: string

  /** Made by `collections(name)` of a composite. */
  constructor(list: SubrequestList, name: string) {
    this.name = checkedName('The name of the object', name)
    this.#list = list
    this.#path = `${list.connection.dataPath}/composite/sobjects`
  }

  /** Creates records. */
  create(
    records: readonly WithReferences<CreateOf<T>>[],
    options?: SubrequestCollectionsOptions,
  ): Subrequest<SaveResult[]> {
    const rows = this.#rows(records, (record, index) => recordToCreate(this.name, record, index, true))
    return this.#write('createMany', { method: 'POST', url: this.#path, replay: 'if-unsent' }, rows, options, true)
  }

  /** Changes fields of records that exist; each record holds its `Id`. */
  update(
    records: readonly WithReferences<UpdateOf<T> & { readonly Id: string }>[],
    options?: SubrequestCollectionsOptions,
  ): Subrequest<SaveResult[]> {
    const rows = this.#rows(records, (record, index) => recordToUpdate(this.name, record, index, true))
    return this.#write('updateMany', { method: 'PATCH', url: this.#path, replay: 'if-unsent' }, rows, options)
  }

  /** Creates the records whose external ID is new and updates the others. */
  upsert(
    externalIdField: ExternalIdFieldOf<T>,
    records: readonly WithReferences<CreateOf<T> | UpdateOf<T>>[],
    options?: SubrequestCollectionsOptions,
  ): Subrequest<SaveResult[]> {
    const field = checkedName('externalIdField', externalIdField)
    const rows = this.#rows(records, (record, index) => recordToUpsert(this.name, field, record, index, true))
    const url = this.#list.path(this.#path, this.name, field)
    return this.#write('upsertMany', { method: 'PATCH', url, replay: 'if-unsent' }, rows, options)
  }

  /** Moves records to the recycle bin, by their Ids. */
  delete(ids: readonly (string | Reference)[], options?: SubrequestCollectionsOptions): Subrequest<SaveResult[]> {
    const names = this.#ids(ids)
    const { allOrNone = false, ...others } = checkedSubrequest(options, optionNames)
    const url = `${this.#path}?ids=${names.join(',')}&allOrNone=${checkedFlag('allOrNone', allOrNone)}`
    const call = { method: 'DELETE', url, replay: 'if-unsent' } as const
    return this.#add('deleteMany', call, others, (answer) => readResults(answer, names.length, undefined))
  }

  /** Reads records by their Ids; `null` stands for an Id that names no record. */
  retrieve<F extends FieldOf<T>>(
    ids: readonly (string | Reference)[],
    fields: readonly F[],
    options?: SubrequestOptions,
  ): Subrequest<(Pick<RecordOf<T>, F> | null)[]> {
    const others = checkedSubrequest(options)
    const names = checkedFieldNames('fields', fields)
    if (names.length === 0) refuse('fields', "a list of one field or more, such as ['Id', 'Name']", names)
    const list = this.#ids(ids)
    const query = `ids=${list.join(',')}&fields=${names.join(',')}`
    const url = `${this.#list.path(this.#path, this.name)}?${query}`
    return this.#add('retrieve', { method: 'GET', url, replay: 'always' }, others, (answer) =>
      readRecords<Pick<RecordOf<T>, F>>(answer, list.length),
    )
  }

  #rows(records: unknown, prepare: (record: unknown, index: number) => object): readonly object[] {
    return this.#some('records', checkedList<unknown>('records', records, 'records')).map(prepare)
  }

  #ids(ids: unknown): readonly string[] {
    const list = this.#some('ids', checkedList<string | Reference>('ids', ids, 'Ids'))
    return list.map((id, index) => (isReference(id) ? this.#list.text(id) : checkedId(`ids[${index}]`, id)))
  }

  #some<R>(option: string, list: readonly R[]): readonly R[] {
    if (list.length === 0) refuse(option, `a list of 1 to ${mostRecords}`, list)
    if (list.length <= mostRecords) return list
    throw new ConfigurationError(
      `A collection in a composite takes ${mostRecords} records, but there are ${list.length}; salesforce.collections() takes any number.`,
    )
  }

  #write(
    action: string,
    call: Omit<SubrequestCall, 'headers' | 'body'>,
    records: readonly object[],
    options: SubrequestCollectionsOptions | undefined,
    created?: boolean,
  ): Subrequest<SaveResult[]> {
    const { allOrNone = false, ...others } = checkedSubrequest(options, optionNames)
    const body = { allOrNone: checkedFlag('allOrNone', allOrNone), records }
    return this.#add(action, { ...call, body }, others, (answer) => readResults(answer, records.length, created))
  }

  #add<R>(
    action: string,
    call: Omit<SubrequestCall, 'headers'>,
    options: Omit<SubrequestCollectionsOptions, 'allOrNone'>,
    read: (answer: unknown) => R,
  ): Subrequest<R> {
    const headers = { ...writeHeaders(options), ...options.headers }
    return this.#list.add(`${this.name}_${action}`, call, { referenceId: options.referenceId, headers }, read)
  }
}
