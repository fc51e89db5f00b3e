import { join } from 'node:path'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Comms, type CommsEvent, deploy, type FlowNode, openComms } from '../../support/node-red-admin.ts'
import { type NodeRedOptions, startNodeRed } from '../../support/node-red-process.ts'
import { pack } from '../../support/pack.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** The package under test. */
export const packageName = '@forcewire/node-red-salesforce'

/** What comes back for a message: the message that left the node under test, or the error that a Catch node saw. */
export interface Answer {
  readonly payload?: unknown
  readonly salesforce?: Readonly<Record<string, unknown>>
  readonly error?: {
    readonly message: string
    readonly code?: string
    readonly stack?: string
    readonly cause?: { readonly status?: number; readonly errors: readonly unknown[]; readonly retryable: boolean }
  }
}

/** Properties of the node under test, beside those that have a default. */
export interface NodeUnderTest {
  readonly type: string
  readonly [property: string]: unknown
}

/** A real Node-RED with the packed package, next to an emulator in this process. */
export interface NodeRedSession extends AsyncDisposable {
  readonly url: string
  readonly userDir: string
  readonly emulator: Emulator
  /** A connection node that signs in to the emulator; `changes` replace its properties. */
  connection(changes?: Readonly<Record<string, unknown>>): FlowNode
  /** Deploys one node between an HTTP In and an HTTP Response node, with a Catch node beside it. */
  deployNode(node: NodeUnderTest, connection?: FlowNode): Promise<void>
  /** Sends a payload through the deployed node and waits for the answers: output messages or one error. */
  send(payload: unknown): Promise<Answer>
  /** Waits for an event of the editor's channel, also one that came since the last deploy. */
  event(fits: (event: CommsEvent) => boolean): Promise<CommsEvent>
  /** Waits for an error that a Catch node saw since the last deploy. */
  caught(): Promise<NonNullable<Answer['error']>>
}

/** Starts both; takes some seconds. */
export async function startSession(options: Partial<NodeRedOptions> = {}): Promise<NodeRedSession> {
  const stack = new AsyncDisposableStack()
  try {
    const folder = stack.use(await temporaryFolder('node-red')).path
    const emulator = await createEmulator({ seed: 'demo' })
    stack.defer(() => emulator.close())
    const userDir = join(folder, 'user')
    const { url } = stack.use(await startNodeRed({ userDir, tarballs: [await pack(packageName, folder)], ...options }))
    const comms = stack.use(await openComms(url))
    const events = new EventLog(comms)
    return {
      url,
      userDir,
      emulator,
      event: (fits) => events.find(fits),
      caught: async () =>
        errorOf(await events.find((event) => errorOf(event) !== undefined)) as NonNullable<Answer['error']>,
      connection: (changes) => connectionTo(emulator, changes),
      deployNode(node, connection = connectionTo(emulator)) {
        events.clear()
        return deploy(url, flowAround(node, connection))
      },
      send: (payload) => send(url, payload),
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

/** Remembers events, so that one that came before somebody waits for it is not missed. */
class EventLog {
  #events: CommsEvent[] = []
  readonly #waiting = new Set<(event: CommsEvent) => void>()

  constructor(comms: Comms) {
    comms.onEvent((event) => {
      this.#events.push(event)
      for (const waiting of this.#waiting) waiting(event)
    })
  }

  clear(): void {
    this.#events = []
  }

  find(fits: (event: CommsEvent) => boolean): Promise<CommsEvent> {
    const { promise, resolve } = Promise.withResolvers<CommsEvent>()
    const waiting = (event: CommsEvent): void => {
      if (fits(event)) resolve(event)
    }
    this.#waiting.add(waiting)
    for (const event of this.#events) waiting(event)
    return promise.finally(() => this.#waiting.delete(waiting))
  }
}

function errorOf({ topic, data }: CommsEvent): Answer['error'] {
  const { id, msg } = data as { id?: string; msg?: string }
  return topic === 'debug' && id === 'errors' ? (JSON.parse(msg ?? '{}') as Answer).error : undefined
}

function connectionTo({ url, credentials }: Emulator, changes: Readonly<Record<string, unknown>> = {}): FlowNode {
  const { clientId, clientSecret } = credentials
  return {
    id: 'connection',
    type: 'forcewire-connection',
    url,
    authentication: 'client-credentials',
    credentials: { clientId, clientSecret },
    ...changes,
  }
}

function flowAround(node: NodeUnderTest, connection: FlowNode): FlowNode[] {
  const at = { z: 'tab', x: 100, y: 100 }
  const tidy =
    'msg.statusCode = 200; msg.payload = { payload: msg.payload, salesforce: msg.salesforce, error: msg.error }; return msg'
  return [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'in', type: 'http in', ...at, url: '/run', method: 'post', wires: [['unpack']] },
    {
      id: 'unpack',
      type: 'function',
      ...at,
      func: 'msg.payload = msg.payload.payload; return msg',
      outputs: 1,
      wires: [['node']],
    },
    { ...nodeDefaults, ...node, id: 'node', ...at, connection: connection.id, wires: [['tidy']] },
    { id: 'catch', type: 'catch', ...at, scope: null, wires: [['errors', 'unanswered']] },
    {
      id: 'errors',
      type: 'debug',
      ...at,
      active: true,
      tosidebar: true,
      complete: 'true',
      targetType: 'full',
      wires: [],
    },
    // A load with refused rows sends its result and fails after that; the request is answered once.
    {
      id: 'unanswered',
      type: 'function',
      ...at,
      func: 'return msg.res._res.headersSent ? null : msg',
      outputs: 1,
      wires: [['tidy']],
    },
    { id: 'tidy', type: 'function', ...at, func: tidy, outputs: 1, wires: [['out']] },
    { id: 'out', type: 'http response', ...at, headers: { 'content-type': 'application/json' }, wires: [] },
    connection,
  ]
}

const nodeDefaults = {
  parameters: {},
  input: 'payload',
  inputType: 'msg',
  output: 'array',
  pageSize: 2000,
  property: 'payload',
  failedRows: 'error',
  version: 1,
}

async function send(url: string, payload: unknown): Promise<Answer> {
  const response = await fetch(`${url}/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ payload }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`The flow answered ${response.status}: ${text}`)
  return JSON.parse(text) as Answer
}

/** Turns plain values into what the dialog saves: `{ type, value }`. */
export function typed(values: Readonly<Record<string, unknown>>): Record<string, { type: string; value: string }> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string') return [name, { type: 'str', value }]
      return [name, { type: 'json', value: JSON.stringify(value) }]
    }),
  )
}
