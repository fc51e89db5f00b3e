/**
 * Bytes that are too many for memory: appended in order, read any number of times, gone when closed. A temporary file
 * on Node.
 */
export interface Scratch {
  /** Adds bytes at the end. The caller may change them once the promise is fulfilled. */
  append(bytes: Uint8Array): Promise<void>
  /** Fills `into` with the bytes from an offset on; so many are there. Several readings may be under way at once. */
  read(from: number, into: Uint8Array): Promise<void>
  /** Lets go of the bytes. Called once, and last. */
  close(): Promise<void>
}

/** Makes a store, empty and nobody else's. */
export type ScratchStore = () => Promise<Scratch>
