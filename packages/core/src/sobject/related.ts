import { checkedFieldNames, checkedName, checkedNamePath } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedRecord } from '../http/expected.ts'
import { pathOf } from '../http/path.ts'
import { queryStream } from '../query/query.ts'
import { checkedQueryResult } from '../query/query-page.ts'
import type { RecordStream } from '../record-stream.ts'
import { recordId } from './record-key.ts'

/** Options of `related` and `parent`. */
export interface RelatedOptions extends CallOptions {
  /** The fields to read. Default: all fields that the user may see. */
  readonly fields?: readonly string[] | undefined
}

/** The records behind a relationship to many ("sObject Relationships" of the REST API guide); see `SObject.related`. */
export function relatedRecords<T>(
  connection: Connection,
  objectPath: string,
  id: string,
  relationship: string,
  options: RelatedOptions | undefined,
): RecordStream<T> {
  const path = pathOf(objectPath, recordId(id), checkedName('The name of the relationship', relationship))
  const { query, call } = related('related', options)
  return queryStream<T>(connection, call, false, async (ownCall) => {
    const answer = await connection.json({ method: 'GET', path, query, replay: 'always' }, ownCall)
    if (isList(expectedRecord('related', answer))) return checkedQueryResult<T>(connection, answer)
    throw new ConfigurationError(`related: ${relationship} leads to one record; read it with parent().`)
  })
}

/** The record behind a relationship to one, or behind several in a row; see `SObject.parent`. */
export async function parentRecord<T>(
  connection: Connection,
  objectPath: string,
  id: string,
  relationship: string,
  options: RelatedOptions | undefined,
): Promise<T> {
  const relationships = checkedNamePath('The name of the relationship', relationship).split('.')
  const path = pathOf(objectPath, recordId(id), ...relationships)
  const { query, call } = related('parent', options)
  const answer = await connection.json<T>({ method: 'GET', path, query, replay: 'always' }, call)
  if (!isList(expectedRecord('parent', answer))) return answer
  throw new ConfigurationError(`parent: ${relationship} leads to many records; read them with related().`)
}

/** The options of both. */
function related(
  method: string,
  options: RelatedOptions | undefined,
): { readonly query: { readonly fields: string } | undefined; readonly call: CallOptions } {
  const { fields, ...call } = checkedCall(options, method, ['fields'])
  return { query: fieldList(fields), call }
}

/** The query parameter that names the fields to read; none for all of them. */
export function fieldList(fields: readonly string[] | undefined): { readonly fields: string } | undefined {
  const names = fields === undefined ? [] : checkedFieldNames('fields', fields)
  return names.length === 0 ? undefined : { fields: names.join(',') }
}

function isList(answer: object): boolean {
  return 'done' in answer && 'records' in answer
}
