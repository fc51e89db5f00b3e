import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Cost, Subject } from './subject.ts'

/** Sends load to a subject; settles when all of it is answered. */
export type Load = (subject: Subject) => Promise<void>

/** How to measure. */
export interface MeasureOptions {
  /** A smaller load that goes before, uncounted; none when absent. */
  readonly warmUp?: Load
}

/** Starts a subject in a fresh process, sends it a load, and tells what the load cost. */
export async function measure(name: string, load: Load, options: MeasureOptions = {}): Promise<Cost> {
  const program = fileURLToPath(new URL('measured-process.ts', import.meta.url))
  const child = fork(program, [name], { execArgv: process.execArgv })
  try {
    const subject = await answer<Subject>(child)
    await options.warmUp?.(subject)
    child.send('begin')
    await answer(child)
    await load(subject)
    child.send('end')
    return await answer<Cost>(child)
  } finally {
    child.disconnect()
  }
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`A measured process ended with ${code}.`)
  })
  const [message] = (await Promise.race([once(child, 'message'), failed])) as [T]
  return message
}
