import { type DefaultRenderer, Listr, type ListrTaskWrapper, type SimpleRenderer } from 'listr2'
import type { Report } from './engine.ts'

/** What a step's work may say while it goes on. */
export interface StepVoice {
  /** Shows a line under the title; repeats are dropped, so a log file stays short. */
  readonly report: Report
  /** Replaces the title, to say what came out. */
  readonly retitle: (title: string) => void
}

/**
 * Shows one step of the demo: a spinner with the newest line under it on a terminal, plain lines elsewhere. A failure
 * only marks the step; whoever catches it prints the sentence, once.
 */
export async function step<T>(title: string, work: (voice: StepVoice) => Promise<T>): Promise<T> {
  const results: T[] = []
  const task = async (_: unknown, task: ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>) => {
    let last = ''
    const report = (text: string): void => {
      if (text === last) return
      last = text
      task.output = text
    }
    const retitle = (title: string): void => {
      task.title = title
    }
    results.push(await work({ report, retitle }))
  }
  await new Listr([{ title, task }], {
    registerSignalListeners: false,
    rendererOptions: { showErrorMessage: false },
  }).run()
  return results[0] as T
}
