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
  /** Milliseconds to wait before anything else happens. */
  readonly delay?: number | undefined
  /** Drops the connection without an answer. */
  readonly reset?: boolean | undefined
  /** Bytes of the body that get through before the connection drops. */
  readonly truncate?: number | undefined
  /** Ends all sessions before the request is looked at, so that it meets 401 INVALID_SESSION_ID. */
  readonly expireSession?: boolean | undefined
  /** How many requests it happens to; 1 when absent, `Infinity` for ever. */
  readonly times?: number | undefined
  /** Chance of happening to a matching request, 0 to 1; 1 when absent. */
  readonly probability?: number | undefined
}

interface Armed {
  readonly fault: Fault
  left: number
}

/** The misfortunes waiting to happen, in the order they were added; the first that matches happens. */
export class FaultList {
  readonly #random: () => number
  #armed: Armed[] = []

  /** `random` gives numbers from 0 up to 1, for faults with a probability. */
  constructor(random: () => number) {
    this.#random = random
  }

  /** Arms a fault. Throws a TypeError when it does nothing or has no path. */
  add(fault: Fault): void {
    if (typeof fault.path !== 'string' && !(fault.path instanceof RegExp)) {
      throw new TypeError('A fault needs a path: text contained in the URL path, or a pattern')
    }
    if (!EFFECTS.some((effect) => fault[effect] !== undefined)) {
      throw new TypeError(`A fault needs at least one effect: ${EFFECTS.join(', ')}`)
    }
    this.#armed.push({ fault, left: fault.times ?? 1 })
  }

  /** Disarms all faults. */
  clear(): void {
    this.#armed = []
  }

  /** The fault that happens to this request, used up by one; undefined when none does. */
  take(method: string, path: string): Fault | undefined {
    const armed = this.#armed.find(({ fault }) => matches(fault, method, path) && this.#happens(fault))
    if (!armed) return undefined
    armed.left -= 1
    if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed)
    return armed.fault
  }

  #happens({ probability = 1 }: Fault): boolean {
    return probability >= 1 || this.#random() < probability
  }
}

const EFFECTS = ['status', 'errorCode', 'headers', 'body', 'delay', 'reset', 'truncate', 'expireSession'] as const

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false
  return typeof fault.path === 'string' ? path.includes(fault.path) : path.search(fault.path) >= 0
}
