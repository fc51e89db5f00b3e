import { fileURLToPath } from 'node:url'
import { runToEnd, startNode } from '../support/process.ts'
import type { FoundCase } from './cases.ts'
import { type Measured, rotated, type Standing, standing } from './measured.ts'
import type { Seen } from './static-server.ts'

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/**
 * Runs one case: its server in one process, every repetition of every contestant in a fresh one, interleaved.
 * @param options.built folder of the built contestants
 * @throws Error when a contestant fails or does not see every row
 */
export async function runCase(
  found: FoundCase,
  options: { built: string; repetitions: number; onRun: (contestant: string, repetition: number) => void },
): Promise<Standing[]> {
  const { name, contestants } = found.benchCase
  await using server = startNode({ name: `The static server of ${name}`, args: [here('static-server.ts'), name] })
  const url = await server.ready(() => /listening on (http:\S+)/.exec(server.log())?.[1])
  const runs = new Map<string, Measured[]>(contestants.map((contestant) => [contestant, []]))
  for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
    for (const contestant of rotated(contestants, repetition)) {
      options.onRun(contestant, repetition)
      runs.get(contestant)?.push(await runContestant(found, contestant, { built: options.built, url }))
    }
  }
  return [...runs].map(([contestant, measured]) => standing(contestant, measured))
}

async function runContestant(
  { folder, benchCase }: FoundCase,
  contestant: string,
  { built, url }: { built: string; url: string },
): Promise<Measured> {
  const { name, expected, gzip } = benchCase
  const output = await runToEnd({
    name: `${contestant} in ${name}`,
    args: [`${built}contestant.mjs`, folder, contestant, String(expected.rows), url, ...(gzip ? ['gzip'] : [])],
  })
  const measured = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Omit<Measured, 'requests'>
  const { rows, checksum } = measured.outcome
  if (rows !== expected.rows || checksum !== expected.checksum) {
    throw new Error(
      `${contestant} in ${name} saw ${rows} rows with checksum ${checksum}; ` +
        `there are ${expected.rows} with ${expected.checksum}.`,
    )
  }
  const { requests, uploaded } = (await (await fetch(`${url}/seen`)).json()) as Seen
  if (uploaded !== (expected.uploaded ?? uploaded)) {
    throw new Error(
      `${contestant} in ${name} uploaded other rows: they add up to ${uploaded}, not ${expected.uploaded}.`,
    )
  }
  return { ...measured, requests }
}
