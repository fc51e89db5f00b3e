import { ConfigurationError } from '../errors/configuration-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import type { Scratch, ScratchStore } from './scratch.ts'

/** Bytes that a spool keeps in memory before it moves to its scratch store. */
const MEMORY = 1 << 20

/**
 * Bytes of any number that are written once and read any number of times. Few of them are held in memory; more go to a
 * scratch store, where the platform offers one. Without one, all are held.
 */
export class Spool {
  /** Bytes so far. */
  size = 0
  readonly #store: ScratchStore | undefined
  readonly #memory: number
  #scratch: Scratch | undefined
  /** Whole buffers, where there is no store. */
  readonly #held: Uint8Array[] = []
  /** What is not in the store yet. */
  #tail: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #length = 0
  #closed = false

  constructor(store: ScratchStore | undefined, memory: number = MEMORY) {
    this.#store = store
    this.#memory = memory
  }

  /** Adds a copy of the bytes at the end. */
  append(bytes: Uint8Array): Promise<void> | undefined {
    this.size += bytes.length
    const fits = this.#length + bytes.length <= this.#memory
    if (!fits) return this.#overflow(bytes)
    this.#keep(bytes)
    return undefined
  }

  /** The bytes from one offset up to another, excluded. */
  async *read(from = 0, to: number = this.size): AsyncGenerator<Uint8Array, void, undefined> {
    const stored = this.size - this.#length
    if (this.#scratch !== undefined && from < stored) {
      try {
        yield* this.#scratch.read(from, Math.min(to, stored))
      } catch (error) {
        throw scratchFailure(error)
      }
    }
    let begin = 0
    for (const held of this.#held) {
      if (from < begin + held.length && to > begin) yield held.subarray(Math.max(from - begin, 0), to - begin)
      begin += held.length
    }
    if (to > stored) yield this.#tail.subarray(Math.max(from - stored, 0), to - stored)
  }

  /** Lets go of the bytes. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#held.length = 0
    this.#tail = new Uint8Array(0)
    this.#length = this.size = 0
    await this.#scratch?.close()
  }

  async #overflow(bytes: Uint8Array): Promise<void> {
    await this.#flush(this.#tail.subarray(0, this.#length))
    this.#length = 0
    if (bytes.length < this.#memory) this.#keep(bytes)
    else await this.#flush(bytes)
  }

  #keep(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length
    if (needed > this.#tail.length) {
      const larger = new Uint8Array(Math.min(Math.max(needed, this.#tail.length * 2), Math.max(this.#memory, needed)))
      larger.set(this.#tail.subarray(0, this.#length))
      this.#tail = larger
    }
    this.#tail.set(bytes, this.#length)
    this.#length = needed
  }

  async #flush(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    if (this.#store === undefined) {
      this.#held.push(bytes.slice())
      return
    }
    try {
      this.#scratch ??= await this.#store()
      await this.#scratch.append(bytes)
    } catch (error) {
      throw scratchFailure(error)
    }
  }
}

function scratchFailure(error: unknown): unknown {
  if (error instanceof SalesforceError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new ConfigurationError(
    `The rows of a bulk load could not be kept in its scratch store: ${reason}. ` +
      'Make room in the folder for temporary files, or give the load a smaller maxBytes or fewer jobsInFlight.',
    { cause: error },
  )
}
