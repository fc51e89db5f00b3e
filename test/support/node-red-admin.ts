import { once } from 'node:events'
import { WebSocket } from 'ws'

/** A node of a flow file. */
export interface FlowNode {
  readonly id: string
  readonly type: string
  readonly name?: string
  readonly [property: string]: unknown
}

/** A set of node types that a package registered. */
export interface NodeSet {
  readonly id: string
  readonly module: string
  readonly types: readonly string[]
  readonly enabled: boolean
  /** Why it could not be loaded. */
  readonly err?: string
}

/** Lists the node sets of one installed package. */
export async function nodeSets(url: string, module: string): Promise<NodeSet[]> {
  const sets = (await call(url, 'nodes')) as NodeSet[]
  return sets.filter((set) => set.module === module)
}

/** Reads an example flow that an installed package ships, as the editor's Import dialog does. */
export async function exampleFlow(url: string, module: string, example: string): Promise<FlowNode[]> {
  return (await call(url, `library/examples/flows/${module}/${example}`)) as FlowNode[]
}

/**
 * Replaces all flows. The flows start after the answer; the event `notification/runtime-deploy` with the revision that
 * is returned here says that they have.
 */
export async function deploy(url: string, flows: readonly FlowNode[]): Promise<string> {
  const { rev } = (await call(url, 'flows', {
    method: 'POST',
    headers: { 'node-red-api-version': 'v2', 'node-red-deployment-type': 'full' },
    body: JSON.stringify({ flows }),
  })) as { rev: string }
  return rev
}

/** Presses the button of an inject node. */
export async function inject(url: string, nodeId: string): Promise<void> {
  await call(url, `inject/${nodeId}`, { method: 'POST' })
}

/** One frame of the editor's event channel. */
export interface CommsEvent {
  /** `debug`, `status/<node id>`, `notification/runtime-deploy`, ... */
  readonly topic: string
  readonly data: unknown
}

/** The editor's event channel: debug messages, node statuses and notifications of the runtime. */
export interface Comms extends Disposable {
  /** Listens until disposed. */
  onEvent(listener: (event: CommsEvent) => void): Disposable
}

/** Opens the event channel and subscribes to debug messages and statuses. */
export async function openComms(url: string): Promise<Comms> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/comms`)
  const listeners = new Set<(event: CommsEvent) => void>()
  socket.on('message', (frame) => {
    const events = JSON.parse(String(frame)) as CommsEvent | CommsEvent[]
    for (const event of [events].flat()) for (const listener of listeners) listener(event)
  })
  await once(socket, 'open')
  // Node-RED going down closes the channel; whoever started Node-RED notices that by itself.
  socket.on('error', () => {})
  for (const topic of ['debug', 'status/#', 'notification/#']) socket.send(JSON.stringify({ subscribe: topic }))
  return {
    onEvent: (listener) => {
      listeners.add(listener)
      return { [Symbol.dispose]: () => void listeners.delete(listener) }
    },
    [Symbol.dispose]: () => socket.terminate(),
  }
}

async function call(url: string, road: string, init: RequestInit = {}): Promise<unknown> {
  const method = init.method ?? 'GET'
  const headers = { accept: 'application/json', 'content-type': 'application/json', ...init.headers }
  const response = await fetch(`${url}/${road}`, { ...init, headers })
  const text = await response.text()
  if (!response.ok) throw new Error(`Node-RED refused ${method} /${road}: ${response.status} ${text.slice(0, 500)}`)
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
}
