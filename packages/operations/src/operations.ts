import { ConfigurationError } from '@forcewire/core/portable'
import { getJob } from './bulk/get-job.ts'
import { ingest } from './bulk/ingest.ts'
import { query } from './bulk/query.ts'
import { results } from './bulk/results.ts'
import type { Operation } from './operation.ts'
import { limits } from './org/limits.ts'
import { soql } from './query/soql.ts'
import { create } from './record/create.ts'
import { deleteRecord } from './record/delete.ts'
import { get } from './record/get.ts'
import { update } from './record/update.ts'
import { upsert } from './record/upsert.ts'
import { send } from './request/send.ts'

/** Everything that a flow can do, grouped by resource; adding an operation is adding its file and its line here. */
export const operations: readonly Operation[] = [
  create,
  get,
  update,
  upsert,
  deleteRecord,
  soql,
  ingest,
  query,
  getJob,
  results,
  limits,
  send,
]

/**
 * The operation with a wire id such as `record.upsert`.
 * @throws ConfigurationError when no operation has that id.
 */
export function findOperation(id: string): Operation {
  const found = operations.find((operation) => operation.id === id)
  if (found === undefined) {
    const known = operations.map((operation) => operation.id).join(', ')
    throw new ConfigurationError(`There is no operation "${id}". Choose one of: ${known}.`)
  }
  return found
}

/** The operations of one resource, in catalogue order. */
export function operationsOf(resource: string): readonly Operation[] {
  return operations.filter(({ id }) => id.startsWith(`${resource}.`))
}
