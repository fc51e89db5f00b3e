import { randomUUID } from 'node:crypto'
import type { ErrorEntry } from '../errors.ts'
import type { RecordStore } from '../records/record-store.ts'
import { toRest } from '../records/rest-record.ts'
import type { ObjectSchema } from '../schema/types.ts'

/** A published platform event: its object, and its fields as a subscriber would get them. */
export interface PublishedEvent {
  readonly object: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** True for platform events, which are created like records and then only handed out. */
export function isPlatformEvent(object: ObjectSchema): boolean {
  return object.name.endsWith('__e')
}

/** Gives every event its place in the stream and its UUID (Platform Events Developer Guide, "Platform Event Fields"). */
export function addEventTriggers(records: RecordStore): void {
  for (const object of records.schema.objects.filter(isPlatformEvent)) {
    records.addTrigger(object.name, {
      before: (row) => {
        row.EventUuid = randomUUID()
        row.ReplayId = String(records.count(object.name) + 1)
      },
    })
  }
}

/**
 * The `errors` of a successful create. Publishing only queues an event, which Salesforce says by an entry OPERATION_ENQUEUED
 * with the event's UUID (Platform Events Developer Guide, "Status Code Returned for Asynchronous Publishing").
 */
export function createNotes(records: RecordStore, object: ObjectSchema, id: string): ErrorEntry[] {
  if (!isPlatformEvent(object)) return []
  const uuid = String(records.get(object.name, id)?.EventUuid)
  return [{ errorCode: 'OPERATION_ENQUEUED', message: uuid, fields: [] }]
}

/** Every event published so far, oldest first within its object. */
export function publishedEvents(records: RecordStore): PublishedEvent[] {
  return records.schema.objects.filter(isPlatformEvent).flatMap((object) =>
    records.findBy(object.name, 'IsDeleted', 0).map((row) => ({
      object: object.name,
      fields: Object.fromEntries(object.fields.map((field) => [field.name, toRest(field, row[field.name] ?? null)])),
    })),
  )
}
