import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { importCredentials, importWorkflows, prepareN8nHome, readExample } from '../support/n8n-home.ts'
import { installN8n, n8nVersion } from '../support/n8n-install.ts'
import { type N8nExecution, type N8nProcess, n8nOwner, startN8n } from '../support/n8n-process.ts'
import { pack } from '../support/pack.ts'
import { describeExit } from '../support/process.ts'
import type { Engine, JobCounts, JobOutcome, Report, RunningEngine, Setting } from './engine.ts'

const packageName = 'n8n-nodes-forcewire'

/** Nodes of the example workflows by the names that they have there. */
const nodes = {
  start: 'Start',
  trigger: 'When a Bulk Job Has Finished',
  summary: 'Count Airports by State',
} as const

/** How often n8n is asked whether an execution has ended, in milliseconds. */
const askInterval = 200

/** How long the execution that a poll starts may take to end, in milliseconds. */
const triggerLimit = 60_000

/** n8n with the package in its community package folder and the example workflows and credential imported. */
export const n8n: Engine = {
  name: 'n8n',
  title: `Start n8n ${n8nVersion} with ${packageName}`,
  start,
}

async function start(setting: Setting, report: Report): Promise<RunningEngine> {
  const { emulator, airports, folder, stack, signal } = setting
  const installation = await installN8n({ report, signal })
  report('packing the package')
  const tarball = await pack(packageName, folder)
  const homeFolder = join(folder, 'n8n')
  await mkdir(homeFolder)
  const home = await prepareN8nHome({ installation, folder: homeFolder, tarball, readable: dirname(airports.path) })

  report('importing the example credential and workflows')
  const [credential] = (await readExample(home, 'salesforce-credential')) as { id: string }[]
  const { clientId, clientSecret } = emulator.credentials
  await importCredentials(
    home,
    [{ ...credential, data: { myDomainUrl: emulator.url, clientId, clientSecret } }],
    signal,
  )
  const loading = (await readExample(home, 'load-csv-by-bulk', { '/data/airports.csv': airports.path })) as {
    id: string
  }
  const reporting = (await readExample(home, 'report-finished-bulk-jobs')) as { id: string }
  await importWorkflows(home, [loading, reporting], signal)

  report('starting n8n')
  const process = stack.use(await startN8n(home, signal))
  // The poll of the activation sets the trigger's starting point: only later jobs are news.
  await process.activate(reporting.id)
  return {
    url: process.url,
    login: `${n8nOwner.email}, password ${n8nOwner.password}`,
    ended: process.child.exited.then((exit) => `n8n is gone (${describeExit(exit)}).`),
    load: (report) => load(process, loading.id, reporting.id, report),
  }
}

/** Runs the loading workflow, lets the trigger poll, and reads what its workflow made of the finished job. */
async function load(n8n: N8nProcess, loading: string, reporting: string, report: Report): Promise<JobOutcome> {
  const earlier = new Set((await n8n.executions(reporting)).map(({ id }) => id))
  report('running the workflow that loads the CSV')
  await end(n8n, await n8n.run(loading, nodes.start))

  // n8n polls once a minute at most, and once at each activation.
  report('activating the workflow with the bulk job trigger, which makes it poll')
  await n8n.deactivate(reporting)
  await n8n.activate(reporting)
  const deadline = Date.now() + triggerLimit
  for (;;) {
    const started = (await n8n.executions(reporting)).find(({ id }) => !earlier.has(id))
    if (started !== undefined) return outcome(await end(n8n, started.id))
    if (Date.now() > deadline) throw new Error('The bulk job trigger did not start its workflow.')
    await sleep(askInterval)
  }
}

/** Waits for the end of an execution; the sentence of the node that failed becomes the error. */
async function end(n8n: N8nProcess, executionId: string): Promise<N8nExecution> {
  for (;;) {
    const execution = await n8n.execution(executionId)
    if (execution.status === 'success') return execution
    if (!['new', 'running', 'waiting', 'unknown'].includes(execution.status)) throw executionError(execution)
    await sleep(askInterval)
  }
}

function executionError({ status, data }: N8nExecution): Error {
  const error = data?.resultData.error
  if (error === undefined) return new Error(`The n8n workflow ended as "${status}".`)
  const node = error.node?.name === undefined ? '' : `${error.node.name}: `
  return new Error(`${node}${[error.message, error.description].filter(Boolean).join(' ')}`)
}

function outcome(execution: N8nExecution): JobOutcome {
  const [event] = items(execution, nodes.trigger) as { counts: JobCounts }[]
  if (event === undefined) throw new Error('The bulk job trigger passed on no job.')
  const rows = items(execution, nodes.summary) as { BillingState: string | null; airports: number }[]
  return {
    counts: event.counts,
    states: rows.map(({ BillingState, airports }) => ({ state: BillingState ?? 'none', airports })),
  }
}

/** The items that a node put out. */
function items({ data }: N8nExecution, node: string): unknown[] {
  const runs = data?.resultData.runData[node] ?? []
  return runs.flatMap((run) => run.data?.main[0] ?? []).map(({ json }) => json)
}
