import { join } from 'node:path'
import {
  type Comms,
  type CommsEvent,
  deploy,
  exampleFlow,
  type FlowNode,
  inject,
  nodeSets,
  openComms,
} from '../support/node-red-admin.ts'
import { startNodeRed } from '../support/node-red-process.ts'
import { pack } from '../support/pack.ts'
import { describeExit } from '../support/process.ts'
import type { Engine, JobCounts, JobOutcome, Report, RunningEngine, Setting, StateCount } from './engine.ts'

const packageName = '@forcewire/node-red-salesforce'

/** The example that ships in the package and that the demo deploys as it is. */
const example = 'load-csv-by-bulk'

/** How long the deployed trigger may take to look at the org for the first time, in milliseconds. */
const firstLookLimit = 30_000

/** Node-RED 5 with the package installed from its packed tarball and its example flow deployed. */
export const nodeRed: Engine = {
  name: 'Node-RED',
  title: `Start Node-RED with ${packageName}`,
  start,
}

async function start(setting: Setting, report: Report): Promise<RunningEngine> {
  const { emulator, airports, folder, stack, signal } = setting
  report('packing the package')
  const tarball = await pack(packageName, folder)
  report('installing the tarball and starting Node-RED')
  const { url, child } = stack.use(
    await startNodeRed({
      userDir: join(folder, 'node-red'),
      tarballs: [tarball],
      env: {
        FORCEWIRE_URL: emulator.url,
        FORCEWIRE_CLIENT_ID: emulator.credentials.clientId,
        FORCEWIRE_CLIENT_SECRET: emulator.credentials.clientSecret,
        FORCEWIRE_DEMO_CSV: airports.path,
      },
      signal,
    }),
  )
  const broken = (await nodeSets(url, packageName)).find(({ err }) => err !== undefined)
  if (broken !== undefined) throw new Error(`Node-RED could not load ${broken.id}: ${broken.err}`)
  report('deploying the example flow')
  const flow = await exampleFlow(url, packageName, example)
  const comms = stack.use(await openComms(url))
  const watching = firstLook(comms, only(flow, 'forcewire-bulk-trigger'), signal)
  await deploy(url, flow)
  await watching
  return {
    url,
    ended: child.exited.then((exit) => `Node-RED is gone (${describeExit(exit)}).`),
    load: (report) => load(url, flow, comms, report),
  }
}

/** A job is news to the trigger only after its first look, so nothing is injected before that. */
function firstLook(comms: Comms, trigger: FlowNode, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error('The bulk trigger did not look at the org.')), firstLookLimit)
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  comms.onEvent((event) => {
    const failure = flowError(event)
    if (failure !== undefined) reject(new Error(failure))
    if (event.topic === `status/${trigger.id}` && (event.data as NodeStatus).fill === 'green') resolve()
  })
  return promise.finally(() => clearTimeout(timer))
}

/** Presses the inject node and listens until the summary comes out, or the flow's Catch node speaks. */
async function load(url: string, flow: readonly FlowNode[], comms: Comms, report: Report): Promise<JobOutcome> {
  const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>()
  const labels = new Map(flow.map((node) => [node.id, node.name || node.type]))
  let counts: JobCounts | undefined
  let states: StateCount[] | undefined
  using _listening = comms.onEvent((event) => {
    const failure = flowError(event)
    if (failure !== undefined) return reject(new Error(failure))
    reportStatus(event, labels, report)
    const payload = debugMessage(event)?.payload
    if (isFinishedJob(payload)) counts = payload.counts
    else if (isSummary(payload))
      states = payload.map(({ BillingState, airports }) => ({ state: BillingState ?? 'none', airports }))
    // The two debug messages of one run may overtake each other.
    if (counts !== undefined && states !== undefined) resolve({ counts, states })
  })
  await inject(url, only(flow, 'inject').id)
  return await promise
}

interface NodeStatus {
  readonly fill?: string
  readonly text?: string
}

interface DebugMessage {
  readonly payload?: unknown
  readonly error?: { readonly message: string; readonly source?: { readonly name?: string; readonly type: string } }
}

function reportStatus({ topic, data }: CommsEvent, labels: ReadonlyMap<string, string>, report: Report): void {
  if (!topic.startsWith('status/')) return
  const { text } = data as NodeStatus
  const label = labels.get(topic.slice('status/'.length))
  if (text && label !== undefined) report(`${label}: ${text}`)
}

/** The message that a debug node with "complete msg object" saw. */
function debugMessage({ topic, data }: CommsEvent): DebugMessage | undefined {
  if (topic !== 'debug') return undefined
  const { msg, format } = data as { msg?: unknown; format?: string }
  if (typeof msg !== 'string' || !format?.startsWith('Object')) return undefined
  return JSON.parse(msg) as DebugMessage
}

/** The sentence of an error that a Catch node passed to a debug node, or that nobody caught. */
function flowError(event: CommsEvent): string | undefined {
  const caught = debugMessage(event)?.error
  if (caught !== undefined) {
    const source = caught.source?.name || caught.source?.type
    const message = caught.message.replace(/^\w*Error: /, '')
    return source === undefined ? message : `${source}: ${message}`
  }
  if (event.topic !== 'debug') return undefined
  // Messages of the log's level "error" go to the debug sidebar too, without a format that a debug node would give.
  const { level, msg } = event.data as { level?: number; msg?: unknown }
  return level === 20 ? String(msg) : undefined
}

function isFinishedJob(payload: unknown): payload is { counts: JobCounts } {
  return typeof payload === 'object' && payload !== null && 'job' in payload && 'counts' in payload
}

function isSummary(payload: unknown): payload is { BillingState: string | null; airports: number }[] {
  return Array.isArray(payload) && payload.every((row) => typeof row === 'object' && row !== null && 'airports' in row)
}

/** The one node of a type. */
function only(flow: readonly FlowNode[], type: string): FlowNode {
  const node = flow.find((node) => node.type === type)
  if (node === undefined) throw new Error(`The example flow ${example} has no node of the type ${type}.`)
  return node
}
