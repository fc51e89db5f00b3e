import { checkedName, refuse } from '../check.ts'
import { Collections, type CollectionsOptions } from '../collections/collections.ts'
import type { Rows } from '../collections/rows.ts'
import { PartialFailureError, type SaveResult } from '../errors/partial-failure-error.ts'
import type { Connection } from '../http/connection.ts'
import type { AnyFields } from '../schema.ts'

/** What became of one event. */
export interface PublishResult extends SaveResult {
  /** Identifies the event in `EventUuid` of what subscribers get; `id` identifies nothing. */
  readonly eventUuid?: string
}

/** Platform events (Platform Events Developer Guide, "Publish Event Messages with Salesforce APIs"). */
export interface PlatformEvents {
  /**
   * Publishes any number of events, 200 a call. Success means that Salesforce has queued the event; their order is kept
   * within a call only.
   *
   * @param event - API name of the event: `Order_Placed__e`.
   * @param events - The fields of each event.
   * @returns a result for each event, in order; refusals are values unless `raise` is set.
   * @throws PartialFailureError when a call failed after others had published.
   */
  publish(event: string, events: Rows<AnyFields>, options?: CollectionsOptions): Promise<PublishResult[]>
}

/** Makes the platform events part of a client. */
export function createPlatformEvents(connection: Connection): PlatformEvents {
  return {
    publish: async (event, events, options) => {
      try {
        const results = await new Collections(connection, eventName(event)).create(events, options)
        return results.map(publishResult)
      } catch (error) {
        if (!(error instanceof PartialFailureError)) throw error
        const { message, results, request, cause } = error as PartialFailureError
        throw new PartialFailureError(message, { results: results.map(publishResult), request, cause })
      }
    },
  }
}

/** Another object than an event would be saved as a record. */
function eventName(event: string): string {
  if (/.(?:__e|Event)$/i.test(checkedName('event', event))) return event
  return refuse('event', "the API name of a platform event, such as 'Order_Placed__e'", event)
}

/** Salesforce tells the UUID of a queued event as an error of the code `OPERATION_ENQUEUED`. */
function publishResult(result: SaveResult): PublishResult {
  const queued = result.errors.find(({ errorCode }) => errorCode === 'OPERATION_ENQUEUED')
  if (!result.success || queued === undefined) return result
  const errors = result.errors.filter((error) => error !== queued)
  return { ...result, errors, eventUuid: queued.message }
}
