/** What one contestant did, so that a fast wrong answer is noticed. */
export interface Outcome {
  /** Rows read or written. */
  readonly rows: number
  /** Sum over all rows of something read from each: equal for all contestants of a case. */
  readonly checksum: number
}

/**
 * The work that is measured. `url` is the static server's address, without a slash at the end; `gzip` says that whoever
 * can compresses what is sent and asks for compressed answers.
 */
export type Contestant = (url: string, rows: number, gzip: boolean) => Promise<Outcome>

/** A request as the static server hands it to a case. */
export interface BenchRequest {
  readonly method: string
  /** Path without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** The whole body, decompressed. Counted, and kept only while it is short. */
  readonly body: {
    readonly bytes: number
    readonly lines: number
    /** All bytes behind the first line, added up. */
    readonly sum: number
    readonly text: string
  }
}

/** A prepared answer. */
export interface BenchAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** In one piece, or in several that follow each other. */
  readonly body?: Buffer | readonly Buffer[]
}

/** One thing that is measured: who takes part, and what the server has ready for them. */
export interface BenchCase {
  /** How it is called on the command line. */
  readonly name: string
  readonly title: string
  /** What a row is called in the table: `rows`, `loads`. */
  readonly unit: string
  readonly expected: Outcome & {
    /** What all uploads must add up to, without the first line of each. */
    readonly uploaded?: number
  }
  /** File names in the case's folder, without `.ts`; the first is ours, `floor` is what the others are held against. */
  readonly contestants: readonly string[]
  readonly repetitions: number
  /** Milliseconds that the server waits before each answer. Default 0. */
  readonly latency?: number
  /** Whether the server compresses its answers for those who accept it. Default false. */
  readonly gzip?: boolean
  /** What must hold. */
  readonly bars?: readonly Bar[]
  /** Prepares every answer before the first request comes. */
  readonly prepare: () => (request: BenchRequest) => BenchAnswer
}

/** A case as it is, which the bars are about, and once more with compression. */
export function withAndWithoutGzip(benchCase: BenchCase): readonly BenchCase[] {
  const { name, title, repetitions } = benchCase
  const others = { name: `${name}-gzip`, title: `${title}, gzip`, gzip: true, bars: [] }
  // Not a copy: what is expected may take long to work out.
  return [benchCase, Object.assign(Object.create(benchCase), { ...others, repetitions: Math.min(repetitions, 3) })]
}

/** What can be compared. */
export type Figure = 'cpuSeconds' | 'wallSeconds' | 'peakMegabytes' | 'requests'

/** A promise about our client: its figure is at most `most` times that of another contestant, or of another case. */
export interface Bar {
  readonly figure: Figure
  readonly most: number
  /** A contestant of this case. Without it and without `run`, `most` is the figure itself. */
  readonly against?: string
  /** Another case, whose `against` (by default our own) counts. */
  readonly run?: string
}

/** An answer with a JSON body. */
export function json(value: unknown, status = 200): BenchAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: Buffer.from(JSON.stringify(value)),
  }
}
