import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import type { BarFinding, Result } from './bars.ts'
import { chart } from './chart.ts'
import { figure } from './report.ts'

const readme = new URL('../../packages/core/README.md', import.meta.url)
const image = new URL('../../.github/images/bench.svg', import.meta.url)

/** What the bench writes into the README: between the marks of its name. */
type Section = 'bench' | 'bench of jobs in flight'

/**
 * Puts the figures of this run into the README of core, between their marks, and the chart beside the other images. What
 * was not measured stays as it is.
 * @throws Error when the marks are not there
 */
export async function writeReadme(results: readonly Result[], bars: readonly BarFinding[]): Promise<void> {
  const jobs = results.filter(({ benchCase }) => benchCase.name.startsWith('jobs-in-flight'))
  const others = results.filter((result) => !jobs.includes(result))
  let page = await readFile(readme, 'utf8')
  if (jobs.length > 0) page = withSection(page, 'bench of jobs in flight', `${jobsTable(jobs)}\n\n${machine()}`)
  if (others.length > 0) {
    page = withSection(page, 'bench', [standingsTable(others), barsTable(bars), machine()].join('\n\n'))
    await writeFile(image, await chart(others))
  }
  await writeFile(readme, page)
}

/** The page with another text between the marks. */
export function withSection(page: string, section: Section, text: string): string {
  const [begin, end] = [`<!-- ${section}: written by npm run bench -- --write -->`, `<!-- end of ${section} -->`]
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from === -1 || to < from) throw new Error(`The page lacks the marks ${begin} and ${end}.`)
  return `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`
}

/** Seconds on the clock by the number of jobs in flight: a line for each case. */
export function jobsTable(results: readonly Result[]): string {
  const contestants = results[0]?.standings.map(({ contestant }) => contestant.replace('-', ' ')) ?? []
  return [
    `| | ${contestants.join(' | ')} |`,
    `| --- |${' --: |'.repeat(contestants.length)}`,
    ...results.map(({ benchCase, standings }) => {
      const seconds = standings.map(({ wallSeconds }) => `${wallSeconds.toFixed(2)} s`)
      return `| ${benchCase.title} | ${seconds.join(' | ')} |`
    }),
  ].join('\n')
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
