/** What one numbered behaviour of the Python client says, and a test of it. */
export interface Behaviour {
  /** The sentence that names the test. */
  readonly says: string
  shows(): Promise<void>
}

/** Behaviours by their number in the reference. */
export type Behaviours = Readonly<Record<number, Behaviour>>
