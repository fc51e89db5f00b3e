import assert from 'node:assert/strict'
import type { TransportRequest } from '@forcewire/core/portable'
import type { Answer } from '../support/scripted-org.ts'

/** The body of a call that writes. */
export interface Wire {
  readonly allOrNone: boolean
  readonly records: readonly { readonly attributes: { readonly type: string }; readonly [field: string]: unknown }[]
}

/** Saves every record; the id holds the record's name, so that mixed up results show. */
export function saved(request: TransportRequest): Answer {
  return { json: wire(request).records.map((record) => ({ id: `id of ${record.Name}`, success: true, errors: [] })) }
}

/** The parsed body of a call. */
export function wire(request: TransportRequest): Wire {
  return JSON.parse(String(request.body)) as Wire
}

/** Accounts with a name each. */
export function accounts(count: number): { readonly Name: string }[] {
  return Array.from({ length: count }, (_, index) => ({ Name: `Account ${index}` }))
}

/** The result of a record that was refused. */
export function refusal(statusCode: string): unknown {
  return { success: false, errors: [{ statusCode, message: `said ${statusCode}`, fields: ['Name'] }] }
}

/** A well-formed Id. */
export function idOf(index: number): string {
  return `001${String(index).padStart(15, '0')}`
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.fail('it did not reject'),
    (reason: unknown) => reason,
  )
}
