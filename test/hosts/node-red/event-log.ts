import type { Comms, CommsEvent } from '../../support/node-red-admin.ts'

/** Remembers what the editor's channel said, so that an event which came before somebody waits for it is not missed. */
export class EventLog {
  readonly #events: CommsEvent[] = []
  readonly #waiting = new Set<(event: CommsEvent) => void>()

  constructor(comms: Comms) {
    comms.onEvent((event) => {
      this.#events.push(event)
      for (const waiting of this.#waiting) waiting(event)
    })
  }

  /** The first event that fits; waits for it. */
  find(fits: (event: CommsEvent) => boolean): Promise<CommsEvent> {
    const { promise, resolve } = Promise.withResolvers<CommsEvent>()
    const waiting = (event: CommsEvent): void => {
      if (fits(event)) resolve(event)
    }
    this.#waiting.add(waiting)
    for (const event of this.#events) waiting(event)
    return promise.finally(() => this.#waiting.delete(waiting))
  }
}
