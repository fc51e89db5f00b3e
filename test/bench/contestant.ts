import { peakMegabytes } from '../support/peak-memory.ts'
import type { Contestant } from './bench-case.ts'
import type { Measured } from './measured.ts'

/** One run of one contestant in a process of its own: `node contestant.mjs <folder> <contestant> <rows> <url> [gzip]`. */
const [, , folder, name, rows, url = '', gzip] = process.argv
const { run } = (await import(new URL(`cases/${folder}/${name}.mjs`, import.meta.url).href)) as { run: Contestant }

const cpuBefore = process.cpuUsage()
const started = performance.now()
const outcome = await run(url, Number(rows), gzip === 'gzip')
const wall = performance.now() - started
const cpu = process.cpuUsage(cpuBefore)
const measured: Omit<Measured, 'requests'> = {
  outcome,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  wallSeconds: wall / 1e3,
  peakMegabytes: peakMegabytes(),
}
console.log(JSON.stringify(measured))
// A client that keeps a timer or a connection would keep this process too.
process.exit()
