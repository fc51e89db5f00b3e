import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import type { Result } from './bars.ts'
import { barFindings } from './bars.ts'
import { buildContestants } from './build-contestants.ts'
import { allCases, type FoundCase } from './cases.ts'
import { writeReadme } from './readme-section.ts'
import { barTable, reportSentence, reportTable } from './report.ts'
import { runCase } from './run-case.ts'

/** What the emulator costs beside what it stands on. */
const emulator = 'emulator'
const cases = await allCases()
const names = [...cases.map(({ benchCase }) => benchCase.name), emulator]

const program = new Command('npm run bench --')
  .description(
    'Measures the built client against jsforce and a floor, and the emulator by its bars, on this machine, now.',
  )
  .argument('[case...]', `any of ${names.join(', ')}; all by default`, caseName, names)
  .option('-r, --repetitions <n>', 'runs of each contestant', repetitions)
  .option('--write', 'put the table and the chart into packages/core/README.md')
  .parse()

const chosen = program.processedArgs[0] as string[]
const options = program.opts<{ repetitions?: number; write?: true }>()
const built = await buildContestants()
const results: Result[] = []
for (const found of cases) if (chosen.includes(found.benchCase.name)) results.push(await benchClients(found))
const bars = barFindings(results)
if (bars.length > 0) console.log(`${barTable(bars)}\n`)
if (bars.some(({ holds }) => !holds)) process.exitCode = 1
if (options.write) await writeReadme(results, bars)
if (chosen.includes(emulator)) await benchEmulator()

async function benchClients(found: FoundCase): Promise<Result> {
  const { benchCase } = found
  const count = options.repetitions ?? benchCase.repetitions
  const standings = await runCase(found, { built, repetitions: count, onRun: showProgress(benchCase.name, count) })
  console.log(`${reportTable(benchCase, standings)}\n${reportSentence(standings)}\n`)
  await keep(benchCase.name, { standings })
  return { benchCase, standings }
}

async function benchEmulator(): Promise<void> {
  const { findings, findingTable } = await import('./cases/emulator/case.ts')
  const found = await findings()
  console.log(`${findingTable(found)}\n`)
  await keep(emulator, { findings: found })
  if (found.some(({ ratio, bar }) => ratio > bar)) process.exitCode = 1
}

async function keep(name: string, result: object): Promise<void> {
  const out = new URL('out/', import.meta.url)
  await mkdir(out, { recursive: true })
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism(), at: new Date() }
  await writeFile(new URL(`${name}.json`, out), `${JSON.stringify({ case: name, machine, ...result }, undefined, 2)}\n`)
}

function showProgress(name: string, count: number): (contestant: string, repetition: number) => void {
  if (!process.stderr.isTTY) return () => {}
  return (contestant, repetition) => {
    process.stderr.write(`\r\u001B[K${name}: ${contestant}, ${repetition + 1} of ${count}\r`)
  }
}

function caseName(value: string, previous: readonly string[]): string[] {
  if (!names.includes(value)) throw new InvalidArgumentError(`There is ${names.join(', ')}.`)
  return previous === names ? [value] : [...previous, value]
}

function repetitions(value: string): number {
  const count = Number(value)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('It is a whole number from 1.')
  return count
}
