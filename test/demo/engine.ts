import type { EmulatorProcess } from '../support/emulator-process.ts'
import type { Airports } from './airports.ts'

/** Tells the person at the terminal what is going on, in a few words. */
export type Report = (text: string) => void

/** What an engine is started with. */
export interface Setting {
  readonly emulator: EmulatorProcess
  readonly airports: Airports
  /** An empty folder that is removed at the end. */
  readonly folder: string
  /** What must be stopped at the end, in reverse order. */
  readonly stack: AsyncDisposableStack
  /** Aborted by Ctrl-C, and when the emulator is gone. */
  readonly signal: AbortSignal
}

/** A flow engine that the demo can be shown in. */
export interface Engine {
  /** `Node-RED`, `n8n`. */
  readonly name: string
  /** Title of the step that starts it. */
  readonly title: string
  start(setting: Setting, report: Report): Promise<RunningEngine>
}

/** An engine that is up, with the flow in it. */
export interface RunningEngine {
  /** What a browser opens. */
  readonly url: string
  /** How to get in, where that takes more than the address. */
  readonly login?: string
  /** Settles with a sentence when the engine's process ends. */
  readonly ended: Promise<string>
  /** Runs the job once. Rejects with the flow's own error. */
  load(report: Report): Promise<JobOutcome>
}

/** What the flow said at its end. */
export interface JobOutcome {
  /** From the bulk job trigger. */
  readonly counts: JobCounts
  /** From the query behind it: airports by state, most first. */
  readonly states: readonly StateCount[]
}

/** Rows of a finished job, split by the results' `sf__Created`. */
export interface JobCounts {
  readonly created: number
  readonly updated: number
  readonly failed: number
  readonly unprocessed: number
}

/** One row of the SOQL summary. */
export interface StateCount {
  readonly state: string
  readonly airports: number
}
