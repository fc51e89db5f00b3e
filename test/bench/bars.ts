import type { Bar, BenchCase, Figure } from './bench-case.ts'
import type { Standing } from './measured.ts'

/** A case with what was measured. */
export interface Result {
  readonly benchCase: Pick<BenchCase, 'name' | 'title' | 'unit' | 'expected' | 'contestants' | 'bars'>
  readonly standings: readonly Standing[]
}

/** A bar beside what was measured. */
export interface BarFinding {
  /** `bulk-query: CPU time against jsforce` */
  readonly title: string
  readonly found: number
  readonly most: number
  readonly holds: boolean
}

const words: Readonly<Record<Figure, string>> = {
  cpuSeconds: 'CPU time',
  wallSeconds: 'time on the clock',
  peakMegabytes: 'peak memory',
  requests: 'requests',
}

/** Every bar whose sides were both measured. One that needs a case that was left out is left out. */
export function barFindings(results: readonly Result[]): BarFinding[] {
  return results.flatMap(({ benchCase }) =>
    (benchCase.bars ?? []).flatMap((bar) => findingOf(benchCase, bar, results) ?? []),
  )
}

function findingOf(benchCase: Result['benchCase'], bar: Bar, results: readonly Result[]): BarFinding | undefined {
  const { figure, most, against, run } = bar
  const ours = standingIn(results, benchCase.name, undefined)?.[figure]
  const absolute = against === undefined && run === undefined
  const theirs = absolute ? 1 : standingIn(results, run ?? benchCase.name, against)?.[figure]
  if (ours === undefined || theirs === undefined) return undefined
  const other = [against, run].filter((name) => name !== undefined).join(' in ')
  const title = `${benchCase.name}: ${words[figure]}${absolute ? '' : ` against ${other}`}`
  return { title, found: ours / theirs, most, holds: ours / theirs <= most }
}

/** Ours is the first contestant of a case. */
function standingIn(results: readonly Result[], name: string, contestant: string | undefined): Standing | undefined {
  const { standings } = results.find(({ benchCase }) => benchCase.name === name) ?? {}
  return contestant === undefined ? standings?.[0] : standings?.find((standing) => standing.contestant === contestant)
}
