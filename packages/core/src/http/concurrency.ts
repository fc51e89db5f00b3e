import type { Policy } from './policy.ts'

/** Lets at most `limit` requests wait for their response headers at the same time; the others queue in order. */
export function concurrency(limit: number): Policy {
  const gate = new Gate(limit)
  return async (request, next) => {
    if (!gate.tryEnter()) await gate.enter(request.call.signal)
    let held = true
    const freeSlot = (): void => {
      if (held) gate.leave()
      held = false
    }
    request.call.freeSlot = freeSlot
    try {
      return await next(request)
    } finally {
      freeSlot()
    }
  }
}

/** Lets so many in at once; the others queue in order. */
export class Gate {
  readonly #queue = new Set<() => void>()
  #free: number

  constructor(limit: number) {
    this.#free = limit
  }

  tryEnter(): boolean {
    if (this.#free === 0) return false
    this.#free -= 1
    return true
  }

  enter(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = (): void => {
        signal.removeEventListener('abort', give)
        resolve()
      }
      const give = (): void => {
        this.#queue.delete(admit)
        reject(signal.reason)
      }
      signal.addEventListener('abort', give, { once: true })
      this.#queue.add(admit)
    })
  }

  /** Hands the slot to the next in the queue, or frees it. */
  leave(): void {
    const [next] = this.#queue
    if (next === undefined) {
      this.#free += 1
      return
    }
    this.#queue.delete(next)
    next()
  }
}
