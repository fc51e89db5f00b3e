import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import type { BenchCase } from './bench-case.ts'
import { reportSentence, reportTable } from './report.ts'
import { runCase } from './run-case.ts'

const names = ['rest-query', 'bulk-query', 'bulk-ingest', 'import']

const program = new Command('npm run bench --')
  .description('Measures the built client against jsforce and against a floor, on this machine, now.')
  .argument('[case...]', `any of ${names.join(', ')}; all by default`, caseName, names)
  .option('-r, --repetitions <n>', 'runs of each contestant', repetitions)
  .parse()

for (const name of program.processedArgs[0] as string[]) {
  const { benchCase } = (await import(`./cases/${name}/case.ts`)) as { benchCase: BenchCase }
  const count = program.opts<{ repetitions?: number }>().repetitions ?? benchCase.repetitions
  const standings = await runCase(name, benchCase, { repetitions: count, onRun: showProgress(name, count) })
  console.log(`${reportTable(benchCase, standings)}\n${reportSentence(standings)}\n`)
  const out = new URL('out/', import.meta.url)
  await mkdir(out, { recursive: true })
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: availableParallelism(), at: new Date() }
  await writeFile(new URL(`${name}.json`, out), `${JSON.stringify({ case: name, machine, standings }, undefined, 2)}\n`)
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
