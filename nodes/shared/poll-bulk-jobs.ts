import {
  type FinishedJob,
  finishedJobs,
  newestFinishedJob,
  type WatchOptions,
  type WatchState,
} from '@forcewire/operations'
import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow'
import { nodeClient } from './node-client.ts'
import { nodeError } from './node-errors.ts'

/** Nodes whose poll is still running in this process; n8n starts the next tick without asking. */
const running = new Set<string>()

/**
 * One poll: the jobs that have finished since the last one, an item each, or `null`. What was reported is remembered
 * in the static data of the workflow. n8n saves that at activation and with each emit, which is enough: whatever a
 * restart forgets is looked up in Salesforce again, from the last saved point on.
 */
export async function pollBulkJobs(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
  const node = context.getNode()
  const key = `${context.getWorkflow().id}/${node.id}`
  if (context.getMode() === 'manual') return withWatch(context, sample)
  if (running.has(key)) return null
  running.add(key)
  try {
    return await withWatch(context, (watch) => news(context, watch))
  } finally {
    running.delete(key)
  }
}

type Watch = Omit<WatchOptions, 'state'>

async function withWatch<T>(context: IPollFunctions, look: (watch: Watch) => Promise<T>): Promise<T> {
  const salesforce = nodeClient(context)
  const { failureLimit } = context.getNodeParameter('options', {}) as { failureLimit?: number }
  const object = String(context.getNodeParameter('object', '', { extractValue: true }) ?? '').trim()
  try {
    return await look({
      salesforce,
      kind: context.getNodeParameter('kind') as Watch['kind'],
      failureLimit,
      ...(object === '' ? {} : { object }),
    })
  } catch (error) {
    throw nodeError(context.getNode(), error)
  } finally {
    await salesforce.close()
  }
}

/** "Fetch test event" shows the newest finished job and leaves the state alone. */
async function sample(watch: Watch): Promise<INodeExecutionData[][] | null> {
  const newest = await newestFinishedJob(watch)
  return newest === undefined ? null : [[item(newest)]]
}

async function news(context: IPollFunctions, watch: Watch): Promise<INodeExecutionData[][] | null> {
  const memory = context.getWorkflowStaticData('node') as { watch?: WatchState }
  const { events, state } = await finishedJobs({ ...watch, state: memory.watch ?? startingPoint(context) })
  memory.watch = state
  return events.length === 0 ? null : [events.map(item)]
}

function startingPoint(context: IPollFunctions): WatchState | undefined {
  if (context.getNodeParameter('startFrom') !== 'hours') return undefined
  const hours = Number(context.getNodeParameter('hours', 24))
  return { since: new Date(Date.now() - hours * 3_600_000).toISOString(), reported: [] }
}

function item(event: FinishedJob): INodeExecutionData {
  return { json: { ...event } as unknown as IDataObject }
}
