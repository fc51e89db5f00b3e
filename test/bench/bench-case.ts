/** What one contestant did, so that a fast wrong answer is noticed. */
export interface Outcome {
  /** Rows read or written. */
  readonly rows: number
  /** Sum over all rows of something read from each: equal for all contestants of a case. */
  readonly checksum: number
}

/** The work that is measured. `url` is the static server's address, without a slash at the end. */
export type Contestant = (url: string) => Promise<Outcome>

/** A request as the static server hands it to a case. */
export interface BenchRequest {
  readonly method: string
  /** Path without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** The whole body, decompressed. Counted, not parsed. */
  readonly body: { readonly bytes: number; readonly lines: number }
}

/** A prepared answer. */
export interface BenchAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer
}

/** One thing that is measured: who takes part, and what the server has ready for them. */
export interface BenchCase {
  readonly title: string
  /** What a row is called in the table: `rows`, `loads`. */
  readonly unit: string
  readonly expected: Outcome
  /** File names in the case's folder, without `.ts`; the first is ours, `floor` is what the others are held against. */
  readonly contestants: readonly string[]
  readonly repetitions: number
  /** Prepares every answer before the first request comes. */
  readonly prepare: () => (request: BenchRequest) => BenchAnswer
}

/** An answer with a JSON body. */
export function json(value: unknown, status = 200): BenchAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: Buffer.from(JSON.stringify(value)),
  }
}
