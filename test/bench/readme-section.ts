import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import type { BarFinding, Result } from './bars.ts'
import { chart } from './chart.ts'
import { figure } from './report.ts'

const readme = new URL('../../packages/core/README.md', import.meta.url)
const image = new URL('../../.github/images/bench.svg', import.meta.url)
const begin = '<!-- written by npm run bench -- --write -->'
const end = '<!-- end of what the bench writes -->'

/**
 * Puts the figures of this run into the README of core, between its two marks, and the chart beside the other images.
 * @throws Error when the marks are not there
 */
export async function writeReadme(results: readonly Result[], bars: readonly BarFinding[]): Promise<void> {
  const page = await readFile(readme, 'utf8')
  await writeFile(image, await chart(results))
  await writeFile(readme, withSection(page, [standingsTable(results), barsTable(bars), machine()].join('\n\n')))
}

/** The page with another text between the marks. */
export function withSection(page: string, section: string): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from === -1 || to < from) throw new Error(`The page lacks the marks ${begin} and ${end}.`)
  return `${page.slice(0, from)}${begin}\n\n${section}\n\n${page.slice(to)}`
}

/** One line for each contestant of each case. */
export function standingsTable(results: readonly Result[]): string {
  const lines = results.flatMap(({ benchCase, standings }) =>
    standings.map(
      ({ contestant, cpuSeconds, wallSeconds, peakMegabytes, requests }, index) =>
        `| ${index === 0 ? benchCase.title : ''} | ${contestant} | ${cpuSeconds.toFixed(2)} s | ` +
        `${wallSeconds.toFixed(2)} s | ${peakMegabytes.toFixed(0)} MB | ${requests.toLocaleString('en')} |`,
    ),
  )
  return [
    '| | | CPU time | on the clock | peak memory | requests |',
    '| --- | --- | --: | --: | --: | --: |',
    ...lines,
  ].join('\n')
}

function barsTable(bars: readonly BarFinding[]): string {
  const lines = bars.map(
    ({ title, found, most, holds }) =>
      `| ${title} | ${figure(found)} | ${figure(most)} | ${holds ? 'holds' : 'missed'} |`,
  )
  return ['| What must hold | found | at most | |', '| --- | --: | --: | --- |', ...lines].join('\n')
}

function machine(): string {
  const day = new Date().toISOString().slice(0, 10)
  return `Node ${process.versions.node}, ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'this machine'}, ${day}.`
}
