/**
 * Bytes that are too many for memory: appended in order, read any number of times, gone when closed. A temporary file
 * on Node.
 */
export interface Scratch {
  /** Adds bytes at the end. They may be changed by the caller once the promise is fulfilled. */
  append(bytes: Uint8Array): Promise<void>
  /**
   * Reads the bytes from one offset up to another, excluded, in pieces of any size. Several readings may be under way at
   * the same time; none while something is being appended.
   */
  read(from: number, to: number): AsyncIterable<Uint8Array>
  /** Lets go of the bytes. Nothing is asked of it afterwards. */
  close(): Promise<void>
}

/** Makes a store, empty and nobody else's. */
export type ScratchStore = () => Promise<Scratch>
