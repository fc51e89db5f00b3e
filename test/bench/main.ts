import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import type { BenchCase } from './bench-case.ts'
import { reportSentence, reportTable } from './report.ts'
import { runCase } from './run-case.ts'

/** Clients against each other. */
const clients = ['rest-query', 'bulk-query', 'bulk-ingest', 'import']
/** What the emulator costs beside what it stands on. */
const emulator = 'emulator'
const names = [...clients, emulator]

const program = new Command('npm run bench --')
  .description(
    'Measures the built client against jsforce and a floor, and the emulator by its bars, on this machine, now.',
  )
  .argument('[case...]', `any of ${names.join(', ')}; all by default`, caseName, names)
  .option('-r, --repetitions <n>', 'runs of each contestant', repetitions)
  .parse()

for (const name of program.processedArgs[0] as string[]) {
  if (name === emulator) await benchEmulator()
  else await benchClients(name)
}

async function benchClients(name: string): Promise<void> {
  const { benchCase } = (await import(`./cases/${name}/case.ts`)) as { benchCase: BenchCase }
  const count = program.opts<{ repetitions?: number }>().repetitions ?? benchCase.repetitions
  const standings = await runCase(name, benchCase, { repetitions: count, onRun: showProgress(name, count) })
  console.log(`${reportTable(benchCase, standings)}\n${reportSentence(standings)}\n`)
  await keep(name, { standings })
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
