import { join } from 'node:path'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type CommsEvent, deploy, type FlowNode, openComms } from '../../support/node-red-admin.ts'
import { type NodeRedOptions, startNodeRed } from '../../support/node-red-process.ts'
import { pack } from '../../support/pack.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { EventLog } from './event-log.ts'
import { flowAround, type NodeUnderTest } from './flow-around.ts'

/** The package under test. */
export const packageName = '@forcewire/node-red-salesforce'

/** What a Catch node finds in `msg.error`. */
export interface FlowFailure {
  readonly message: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: { readonly status?: number; readonly errors: readonly unknown[]; readonly retryable: boolean }
}

/** What comes back for a message: what left the node under test, or the error that a Catch node saw. */
export interface Answer {
  readonly payload?: unknown
  readonly salesforce?: Readonly<Record<string, unknown>>
  readonly error?: FlowFailure
}

/** A real Node-RED with the packed package, next to an emulator in this process. */
export interface NodeRedSession extends AsyncDisposable {
  readonly url: string
  readonly userDir: string
  readonly emulator: Emulator
  /** A connection node that signs in to the emulator; `changes` replace its properties. */
  connection(changes?: Readonly<Record<string, unknown>>): FlowNode
  /** Replaces all flows and waits until they have started. */
  deploy(flows: readonly FlowNode[]): Promise<void>
  /** Deploys one node in the flow of {@link flowAround}. */
  deployNode(node: NodeUnderTest, connection?: FlowNode): Promise<void>
  /** Sends a payload through the deployed node and waits for the answer. */
  send(payload: unknown): Promise<Answer>
  /** Waits for an event of the editor's channel. */
  event(fits: (event: CommsEvent) => boolean): Promise<CommsEvent>
  /** Waits until the deployed node shows this colour, and gives its whole status. */
  status(fill: 'red' | 'green' | 'blue' | 'yellow' | 'grey'): Promise<unknown>
  /** Waits for an error that a Catch node saw in the deployed flow. */
  caught(): Promise<FlowFailure>
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
    const events = new EventLog(stack.use(await openComms(url)))
    let round = 0

    const deployAndStart = async (flows: readonly FlowNode[]): Promise<void> => {
      const revision = await deploy(url, flows)
      await events.find(
        ({ topic, data }) =>
          topic === 'notification/runtime-deploy' && (data as { revision?: string }).revision === revision,
      )
    }
    return {
      url,
      userDir,
      emulator,
      connection: (changes) => connectionTo(emulator, `connection-${round}`, changes),
      deploy: deployAndStart,
      deployNode(node, connection = connectionTo(emulator, `connection-${round}`)) {
        round++
        return deployAndStart(flowAround(node, connection, round))
      },
      send: (payload) => send(url, payload),
      event: (fits) => events.find(fits),
      async status(fill) {
        const shows = ({ topic, data }: CommsEvent): boolean =>
          topic === `status/node-${round}` && (data as { fill?: string }).fill === fill
        return (await events.find(shows)).data
      },
      async caught() {
        const id = `errors-${round}`
        const { data } = await events.find(
          (event) => event.topic === 'debug' && (event.data as { id?: string }).id === id,
        )
        return (JSON.parse((data as { msg: string }).msg) as { error: FlowFailure }).error
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

function connectionTo(
  { url, credentials }: Emulator,
  id: string,
  changes: Readonly<Record<string, unknown>> = {},
): FlowNode {
  const { clientId, clientSecret } = credentials
  return {
    id,
    type: 'forcewire-connection',
    url,
    authentication: 'client-credentials',
    credentials: { clientId, clientSecret },
    ...changes,
  }
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
