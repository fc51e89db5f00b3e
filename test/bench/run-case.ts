import { fileURLToPath } from 'node:url'
import { runToEnd, startNode } from '../support/process.ts'
import type { BenchCase } from './bench-case.ts'
import { type Measured, rotated, type Standing, standing } from './measured.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/**
 * Runs one case: its server in one process, every repetition of every contestant in a fresh one, interleaved.
 * @throws Error when a contestant fails or does not see every row
 */
export async function runCase(
  name: string,
  benchCase: BenchCase,
  options: { repetitions: number; onRun: (contestant: string, repetition: number) => void },
): Promise<Standing[]> {
  await using server = startNode({ name: `The static server of ${name}`, args: [here('static-server.ts'), name] })
  const url = await server.ready(() => /listening on (http:\S+)/.exec(server.log())?.[1])
  const runs = new Map<string, Measured[]>(benchCase.contestants.map((contestant) => [contestant, []]))
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    for (const contestant of rotated(benchCase.contestants, repetition)) {
      options.onRun(contestant, repetition)
      runs.get(contestant)?.push(await runContestant(name, benchCase, contestant, url))
    }
  }
  return [...runs].map(([contestant, measured]) => standing(contestant, measured))
}

async function runContestant(name: string, benchCase: BenchCase, contestant: string, url: string): Promise<Measured> {
  const output = await runToEnd({
    name: `${contestant} in ${name}`,
    args: [here('contestant.ts'), name, contestant, url],
  })
  const measured = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Measured
  const { rows, checksum } = benchCase.expected
  if (measured.outcome.rows !== rows || measured.outcome.checksum !== checksum) {
    throw new Error(
      `${contestant} in ${name} saw ${measured.outcome.rows} rows with checksum ${measured.outcome.checksum}; ` +
        `there are ${rows} with ${checksum}.`,
    )
  }
  return measured
}
