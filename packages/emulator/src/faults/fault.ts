import { checkFault } from './check-fault.ts'

/** A misfortune to happen to matching requests. Everything but `path` is optional. */
export interface Fault {
  /** HTTP method to match; any when absent. */
  readonly method?: string | undefined
  /** Text contained in the URL path, or a pattern the path matches. */
  readonly path: string | RegExp
  /** Status of the answer sent instead of the real one; 400 when only `errorCode` is given, 200 when only `body` is. */
  readonly status?: number | undefined
  /** Salesforce's code; makes the body an error array. */
  readonly errorCode?: string | undefined
  /** Text beside `errorCode`. */
  readonly message?: string | undefined
  /** Headers of the answer; also added to a real answer. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Body sent as it is when text, as JSON otherwise. */
  readonly body?: unknown
  /** Lets the road do its work first, so that only the answer is lost, late or another one. */
  readonly after?: boolean | undefined
  /** Milliseconds to wait before anything else happens. */
  readonly delay?: number | undefined
  /** Drops the connection without an answer. */
  readonly reset?: boolean | undefined
  /** Bytes of the body that get through; then happens what `ending` says. */
  readonly truncate?: number | undefined
  /**
   * What follows a truncated body: the connection drops (`drop`, when absent), the answer ends as if it were whole (`whole`),
   * or nothing more comes (`silence`).
   */
  readonly ending?: 'drop' | 'whole' | 'silence' | undefined
  /** Ends all sessions before the request is looked at, so that it meets 401 INVALID_SESSION_ID (`after`: so that the next one does). */
  readonly expireSession?: boolean | undefined
  /** How many matching requests are let through before it happens to one; 0 when absent. */
  readonly skip?: number | undefined
  /** How many requests it happens to; 1 when absent, `Infinity` for ever. */
  readonly times?: number | undefined
  /** Chance of happening to a matching request, 0 to 1; 1 when absent. */
  readonly probability?: number | undefined
}

/** A fault that waits for requests, and what became of it so far. */
export interface ArmedFault {
  readonly fault: Fault
  /** Matching requests that it still lets through. */
  readonly skipping: number
  /** How many more requests it happens to. */
  readonly left: number
}

/** The misfortunes waiting to happen, in the order they were added; the first that matches happens. */
export class FaultList {
  readonly #random: () => number
  readonly #initial: readonly Fault[]
  #armed: { -readonly [Key in keyof ArmedFault]: ArmedFault[Key] }[] = []

  /**
   * @param random gives numbers from 0 up to 1, for faults with a probability.
   * @param initial faults that are armed from the start, and again by every reset.
   */
  constructor(random: () => number, initial: readonly Fault[] = []) {
    this.#random = random
    this.#initial = initial
    this.reset()
  }

  /** Arms a fault. Throws a TypeError when it does nothing, has no path, or has a setting that makes no sense. */
  add(fault: Fault): void {
    checkFault(fault)
    this.#armed.push({ fault, skipping: fault.skip ?? 0, left: fault.times ?? 1 })
  }

  /** The faults that are still armed. */
  list(): ArmedFault[] {
    return this.#armed.map((armed) => ({ ...armed }))
  }

  /** Disarms all faults. */
  clear(): void {
    this.#armed = []
  }

  /** Brings the faults of the start back, and no others. */
  reset(): void {
    this.clear()
    for (const fault of this.#initial) this.add(fault)
  }

  /** The fault that happens to this request, used up by one; undefined when none does. */
  take(method: string, path: string): Fault | undefined {
    for (const armed of this.#armed) {
      if (!matches(armed.fault, method, path)) continue
      if (armed.skipping > 0) armed.skipping -= 1
      else if (this.#happens(armed.fault)) {
        armed.left -= 1
        if (armed.left === 0) this.#armed = this.#armed.filter((other) => other !== armed)
        return armed.fault
      }
    }
    return undefined
  }

  #happens({ probability = 1 }: Fault): boolean {
    return probability >= 1 || this.#random() < probability
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false
  return typeof fault.path === 'string' ? path.includes(fault.path) : path.search(fault.path) >= 0
}
