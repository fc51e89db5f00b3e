import Table from 'cli-table3'
import type { BarFinding } from './bars.ts'
import type { BenchCase } from './bench-case.ts'
import type { Standing } from './measured.ts'

/** A table of medians; the ratios say how many times the CPU time and the memory of the floor a contestant needs. */
export function reportTable(
  benchCase: Pick<BenchCase, 'title' | 'unit' | 'expected'>,
  standings: readonly Standing[],
): string {
  const floor = standings.find((standing) => standing.contestant === 'floor')
  const table = new Table({
    head: [benchCase.title, 'CPU s', 'x floor', 'wall s', `${benchCase.unit}/s`, 'peak MB', 'x floor', 'requests'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const { contestant, cpuSeconds, wallSeconds, peakMegabytes, requests } of standings) {
    table.push([
      contestant,
      cpuSeconds.toFixed(3),
      ratio(cpuSeconds, floor?.cpuSeconds),
      wallSeconds.toFixed(3),
      Math.round(benchCase.expected.rows / wallSeconds).toLocaleString('en'),
      peakMegabytes.toFixed(0),
      ratio(peakMegabytes, floor?.peakMegabytes),
      requests.toLocaleString('en'),
    ])
  }
  return table.toString()
}

/** One sentence on how ours, the first contestant, does against the other client. */
export function reportSentence(standings: readonly Standing[]): string {
  const [ours, ...others] = standings
  const rival = others.find((standing) => standing.contestant !== 'floor')
  if (ours === undefined || rival === undefined) return ''
  const cpu = ratio(rival.cpuSeconds, ours.cpuSeconds)
  const memory = ratio(rival.peakMegabytes, ours.peakMegabytes)
  return `${rival.contestant} needs ${cpu} times the CPU time and ${memory} times the memory of ${ours.contestant}.`
}

/** What must hold, and whether it does. */
export function barTable(bars: readonly BarFinding[]): string {
  const table = new Table({
    head: ['What must hold', 'found', 'at most', ''],
    colAligns: ['left', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  })
  for (const { title, found, most, holds } of bars) {
    table.push([title, figure(found), figure(most), holds ? 'holds' : 'missed'])
  }
  return table.toString()
}

/** Whole numbers as they are, ratios with three digits. */
export function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3)
}

function ratio(value: number, base: number | undefined): string {
  return base === undefined ? '' : (value / base).toFixed(2)
}
