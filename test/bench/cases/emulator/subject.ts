/** What a measured process offers: an address to send load to, and a token for it. */
export interface Subject {
  /** Without a slash at the end. */
  readonly url: string
  readonly token: string
}

/** What one load cost the measured process. */
export interface Cost {
  /** User and system time of the process while the load ran, starting not included. */
  readonly cpuSeconds: number
  /** Most memory that the process ever held, Node itself included, in 10^6 bytes. */
  readonly peakMegabytes: number
  /** User and system time from the first import to the address being there. */
  readonly startSeconds: number
}

/** Starts a subject in the measured process. */
export type Serve = () => Promise<Subject>
