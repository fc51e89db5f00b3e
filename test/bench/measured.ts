import type { Outcome } from './bench-case.ts'

/** One run of one contestant. */
export interface Measured {
  readonly outcome: Outcome
  /** User and system time of the contestant's process while it ran, loading not included. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  /** Most memory that the process ever held, Node itself included, in 10^6 bytes. */
  readonly peakMegabytes: number
  /** That came to the server. */
  readonly requests: number
}

/** The runs of one contestant put together. */
export interface Standing {
  readonly contestant: string
  readonly runs: readonly Measured[]
  /** Medians. */
  readonly cpuSeconds: number
  readonly wallSeconds: number
  readonly peakMegabytes: number
  readonly requests: number
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? Number.NaN)) / 2 : upper
}

/** Takes the medians of a contestant's runs. */
export function standing(contestant: string, runs: readonly Measured[]): Standing {
  return {
    contestant,
    runs,
    cpuSeconds: median(runs.map((run) => run.cpuSeconds)),
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    peakMegabytes: median(runs.map((run) => run.peakMegabytes)),
    requests: median(runs.map((run) => run.requests)),
  }
}

/** The order of contestants in one repetition: each comes first equally often, so nobody always finds a cold machine. */
export function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
