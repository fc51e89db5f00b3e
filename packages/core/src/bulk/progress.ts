/** How far a bulk load or extract has come. */
export interface BulkProgress {
  /** What the load or extract is doing. */
  readonly phase: 'uploading' | 'processing' | 'downloading'
  /** Rows done so far in this phase, over all jobs. */
  readonly rows: number
  /** Rows in all, where known. */
  readonly total?: number
  /** The job that the news is about. */
  readonly jobId?: string
}

/** Wraps a listener so that it can never fail the work that it listens to. */
export function reporter(listener: ((progress: BulkProgress) => void) | undefined): (progress: BulkProgress) => void {
  return (progress) => {
    try {
      listener?.(progress)
    } catch {
      // A listener's mistake is not the load's.
    }
  }
}
