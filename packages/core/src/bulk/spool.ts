import { ConfigurationError } from '../errors/configuration-error.ts'
import { memoryScratch } from './memory-scratch.ts'
import type { Scratch, ScratchStore } from './scratch.ts'

/** Bytes that a spool keeps in memory before it moves them to its store. */
const MEMORY = 1 << 20
/** Bytes that are read at a time. */
const PIECE = 1 << 16
const SMALLER = 'give the load a smaller maxBytes or fewer jobsInFlight'

/**
 * Bytes of any number that are written once and read any number of times. Few of them are held in memory; more go to a
 * scratch store, where the platform offers one.
 */
export class Spool {
  /** Bytes so far. */
  size = 0
  readonly #store: ScratchStore
  readonly #memory: number
  readonly #way: string
  #scratch: Promise<Scratch> | undefined
  /** What is not in the store: the first `#length` of these. */
  #tail: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  #length = 0

  /** @param way - What makes the load need less of a store that fails. */
  constructor(store: ScratchStore = memoryScratch, memory: number = MEMORY, way: string = SMALLER) {
    this.#store = store
    this.#memory = memory
    this.#way = way
  }

  /**
   * Adds a copy of the bytes at the end.
   * @throws ConfigurationError when the store fails.
   */
  async append(bytes: Uint8Array): Promise<void> {
    if (this.#length + bytes.length > this.#memory) {
      await this.#flush(this.#tail.subarray(0, this.#length))
      this.#length = 0
    }
    if (bytes.length > this.#memory) await this.#flush(bytes)
    else this.#keep(bytes)
    this.size += bytes.length
  }

  /**
   * Fills `into` with the bytes from an offset on; so many must be there.
   * @throws ConfigurationError when the store fails.
   */
  async fill(from: number, into: Uint8Array): Promise<void> {
    const stored = this.size - this.#length
    const fromStore = Math.min(Math.max(stored - from, 0), into.length)
    if (fromStore > 0) {
      try {
        await (await this.#scratch)?.read(from, into.subarray(0, fromStore))
      } catch (error) {
        throw this.#failure(error)
      }
    }
    const begin = from + fromStore - stored
    into.set(this.#tail.subarray(begin, begin + into.length - fromStore), fromStore)
  }

  /** All bytes from the first on, in pieces that their taker may keep. */
  async *read(): AsyncGenerator<Uint8Array, void, undefined> {
    for (let at = 0; at < this.size; at += PIECE) {
      const piece = new Uint8Array(Math.min(PIECE, this.size - at))
      await this.fill(at, piece)
      hurryCollection()
      yield piece
    }
  }

  /** Lets go of the bytes. A store that fails at that is left alone: nobody needs it any more. */
  async close(): Promise<void> {
    const scratch = this.#scratch
    this.#scratch = undefined
    this.#tail = new Uint8Array(0)
    this.size = this.#length = 0
    await scratch?.then((store) => store.close()).catch(() => {})
  }

  #keep(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length
    if (needed > this.#tail.length) {
      const larger = new Uint8Array(Math.max(needed, Math.min(this.#tail.length * 2, this.#memory)))
      larger.set(this.#tail.subarray(0, this.#length))
      this.#tail = larger
    }
    this.#tail.set(bytes, this.#length)
    this.#length = needed
  }

  async #flush(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    try {
      this.#scratch ??= this.#store()
      await (await this.#scratch).append(bytes)
    } catch (error) {
      throw this.#failure(error)
    }
  }

  #failure(cause: unknown): ConfigurationError {
    const { message = String(cause), code } = (cause ?? {}) as { readonly message?: string; readonly code?: unknown }
    const isFull = code === 'ENOSPC' || code === 'EDQUOT'
    const folder = isFull
      ? 'Make room in the folder for temporary files (TMPDIR),'
      : 'The folder for temporary files (TMPDIR) must exist and be writable;'
    return new ConfigurationError(
      `The rows of a bulk load could not be kept outside of memory: ${message}. ${folder} or ${this.#way}.`,
      { cause },
    )
  }
}

/**
 * V8 frees buffers when young objects have filled their space, else only at 32 MB of them. A transfer makes few objects;
 * with one as large as each piece beside it, a third of that memory is enough.
 */
function hurryCollection(): void {
  new Array(PIECE / 8).fill(0)
}
