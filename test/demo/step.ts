import { Listr } from 'listr2'
import type { Report } from './engine.ts'

/** What a step's work may say while it goes on. */
export interface StepVoice {
  /** Shows a line under the title. */
  readonly report: Report
  /** Replaces the title, to say what came out. */
  readonly retitle: (title: string) => void
}

/**
 * Shows one step of the demo: a spinner with the newest line under it on a terminal, one plain line after the other
 * elsewhere. A failure only marks the step: whoever catches the error prints its sentence, once.
 */
export async function step<T>(title: string, work: (voice: StepVoice) => Promise<T>): Promise<T> {
  return process.stdout.isTTY ? await onTerminal(title, work) : await inPlainLines(title, work)
}

async function onTerminal<T>(title: string, work: (voice: StepVoice) => Promise<T>): Promise<T> {
  const results: T[] = []
  const list = new Listr<void, 'default', 'silent'>(
    {
      title,
      task: async (_, task) => {
        const report = (text: string): void => {
          task.output = text
        }
        const retitle = (text: string): void => {
          task.title = text
        }
        results.push(await work({ report, retitle }))
      },
    },
    { renderer: 'default', rendererOptions: { showErrorMessage: false }, registerSignalListeners: false },
  )
  await list.run()
  return results[0] as T
}

async function inPlainLines<T>(title: string, work: (voice: StepVoice) => Promise<T>): Promise<T> {
  console.log(`> ${title}`)
  let newest = ''
  let outcome = title
  const report = (text: string): void => {
    if (text !== newest) console.log(`  ${text}`)
    newest = text
  }
  const retitle = (text: string): void => {
    outcome = text
  }
  try {
    const result = await work({ report, retitle })
    console.log(`✔ ${outcome}`)
    return result
  } catch (error) {
    console.log(`✖ ${outcome}`)
    throw error
  }
}
