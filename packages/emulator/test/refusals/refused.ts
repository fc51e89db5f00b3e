import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send } from '../support/harness.ts'

/** One row of a table of refusals that takes more than one request, or whose answer has another shape than a list of errors. */
export interface Refused {
  readonly errorCode: string
  /** Status of the answer; 200 where the refusal is one part of it. */
  readonly status: number
  /** What triggers it, as the table in the README words it. */
  readonly trigger: string
  /** Asks for it; the last answer is the refusal. */
  readonly ask: (emulator: Emulator) => Promise<Answer>
  /** The code in the answer; that of the first error in a list when absent. */
  readonly codeOf?: (answer: Answer) => unknown
}

/** A refusal of one request below `/services/data/v67.0`. */
export function refused(
  errorCode: string,
  status: number,
  trigger: string,
  [method, path, body]: readonly [method: string, path: string, body?: unknown],
  codeOf?: Refused['codeOf'],
): Refused {
  const ask = (emulator: Emulator): Promise<Answer> => send(emulator, method, data(path), { body })
  return { errorCode, status, trigger, ask, ...(codeOf && { codeOf }) }
}

/** A list of so many things. */
export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
