import { peakMegabytes } from '../../../support/peak-memory.ts'
import type { Cost, Serve } from './subject.ts'

/** One subject in a process of its own: `node measured-process.ts <subject>`, forked with an IPC channel. */
const [, , name] = process.argv
const began = process.cpuUsage()
const { serve } = (await import(`./subjects/${name}.ts`)) as { serve: Serve }
const subject = await serve()
const startSeconds = secondsSince(began)
let before = process.cpuUsage()

process.on('message', (message) => {
  if (message === 'begin') {
    before = process.cpuUsage()
    process.send?.('begun')
    return
  }
  const cost: Cost = { cpuSeconds: secondsSince(before), peakMegabytes: peakMegabytes(), startSeconds }
  process.send?.(cost)
})
process.on('disconnect', () => process.exit())
process.send?.(subject)

function secondsSince(moment: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(moment)
  return (user + system) / 1e6
}
