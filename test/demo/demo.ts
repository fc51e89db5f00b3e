import { type EmulatorProcess, startEmulatorProcess } from '../support/emulator-process.ts'
import { describeExit } from '../support/process.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Airports, findAirports } from './airports.ts'
import type { Engine, Report, RunningEngine, Setting } from './engine.ts'
import { interruption } from './interruption.ts'
import { type JobReport, runJob } from './job.ts'
import { OrgWatch } from './org-watch.ts'
import { rootCause } from './root-cause.ts'
import { step } from './step.ts'
import { grouped, runTable, stateTable } from './table.ts'

export interface DemoOptions {
  /** Runs the job twice and ends, instead of once and staying up. */
  readonly once: boolean
}

/**
 * Shows the main job in an engine: starts the emulator and the engine, runs the flow, prints the tables.
 *
 * @returns the exit code: 0 when every row is accounted for; 1, with one sentence on stderr, when not or when anything
 *   fails; 130 when interrupted before the end
 */
export async function demo(engine: Engine, options: DemoOptions): Promise<number> {
  using interrupt = interruption()
  try {
    await show(engine, options, interrupt.signal)
    return 0
  } catch (error) {
    if (interrupt.signal.aborted) return 130
    console.error(`\n${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

async function show(engine: Engine, { once }: DemoOptions, signal: AbortSignal): Promise<void> {
  await using stack = new AsyncDisposableStack()
  const { path: folder } = stack.use(await temporaryFolder(`demo-${process.pid}`))
  const airports = await findAirports()

  const emulator = await step('Start the Salesforce emulator', async ({ retitle }) => {
    const emulator = stack.use(await startEmulatorProcess({ data: `${folder}/org.sqlite`, signal }))
    retitle(`The Salesforce emulator is at ${emulator.url} (process ${emulator.child.pid})`)
    return emulator
  })
  const running = await step(engine.title, async ({ report, retitle }) => {
    const running = await startEngine(engine, { emulator, airports, folder, stack, signal }, report)
    retitle(`${engine.name} is at ${running.url}`)
    return running
  })

  const reports: JobReport[] = []
  for (const run of once ? [1, 2] : [1]) reports.push(await showRun(run, { emulator, running, airports, signal }))
  console.log(`\n${runTable(reports)}\n\n${stateTable(reports.at(-1)?.states ?? [])}`)
  const discrepancies = reports.flatMap(({ discrepancy }, index) =>
    discrepancy === undefined ? [] : [`Run ${index + 1}: ${discrepancy}`],
  )
  if (discrepancies.length > 0) throw new Error(discrepancies.join('\n'))
  if (once) return

  console.log(`\n${engine.name}: ${running.url}${running.login === undefined ? '' : ` (${running.login})`}`)
  console.log(`Salesforce emulator: ${emulator.url}\nBoth stay up until Ctrl-C.`)
  const reason = await Promise.race([aborted(signal), emulatorGone(emulator), running.ended])
  if (!signal.aborted) throw new Error(reason)
}

/** Starts the engine, and gives up, as at Ctrl-C, when the emulator goes away meanwhile. */
async function startEngine(engine: Engine, setting: Setting, report: Report): Promise<RunningEngine> {
  const { emulator, airports, signal } = setting
  const gone = new AbortController()
  const ended = endOf([aborted(signal), emulatorGone(emulator)], () => ({ run: 1, rowsDone: 0, airports }))
  void ended.then((reason) => gone.abort(new Error(reason)))
  try {
    return await engine.start({ ...setting, signal: AbortSignal.any([signal, gone.signal]) }, report)
  } catch (error) {
    throw await rootCause(error, ended)
  }
}

/** Shows one run of the job, with the rows that the org has processed so far. */
async function showRun(
  run: number,
  stage: { emulator: EmulatorProcess; running: RunningEngine; airports: Airports; signal: AbortSignal },
): Promise<JobReport> {
  const { emulator, running, airports, signal } = stage
  const total = grouped(airports.rows)
  const ends = [aborted(signal), emulatorGone(emulator), running.ended]
  let rowsDone = 0
  let jobLine = ''
  const title = `Run ${run}: upsert ${total} airports by Bulk API 2.0`
  return await step(title, async ({ report, retitle }) => {
    const result = await runJob({
      engine: running,
      watch: new OrgWatch(emulator.url, emulator.credentials.accessToken),
      airports,
      ended: endOf(ends, () => ({ run, rowsDone, airports })),
      report,
      onProgress(jobs) {
        rowsDone = jobs.rowsDone
        const line = `job ${jobs.state}: ${grouped(rowsDone)} of ${total} rows processed`
        if (jobs.state !== undefined && line !== jobLine) report(line)
        jobLine = line
      },
    })
    const { created, updated, failed } = result.counts
    retitle(`${title}: ${grouped(created)} created, ${grouped(updated)} updated, ${grouped(failed)} failed`)
    return result
  })
}

/** Settles when one of the ends comes, with a sentence on how far the work had got by then. */
async function endOf(
  ends: readonly Promise<string>[],
  progress: () => { run: number; rowsDone: number; airports: Airports },
): Promise<string> {
  const reason = await Promise.race(ends)
  const { run, rowsDone, airports } = progress()
  return `${reason} ${grouped(rowsDone)} of ${grouped(airports.rows)} rows of run ${run} were done; start the demo again.`
}

function aborted(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const settle = (): void => resolve('The demo was interrupted.')
    if (signal.aborted) settle()
    else signal.addEventListener('abort', settle, { once: true })
  })
}

async function emulatorGone({ url, child }: EmulatorProcess): Promise<string> {
  return `The Salesforce emulator at ${url} is gone (${describeExit(await child.exited)}).`
}
