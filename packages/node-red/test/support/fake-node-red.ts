import type {
  AdminRequest,
  AdminResponse,
  Done,
  Message,
  NodeConfig,
  NodeRed,
  NodeStatus,
  RequestHandler,
  RuntimeNode,
  Send,
} from '../../src/runtime/node-red.ts'

type Constructor = (this: RuntimeNode, config: NodeConfig) => void
type Listener = (...values: never[]) => void

/** What came of one message: all messages sent, and the error handed to `done`, if any. */
export interface Outcome {
  readonly sent: readonly Message[]
  readonly error?: (Error & { readonly code?: string }) | undefined
}

/** The one message that was sent. */
export function only({ sent }: Outcome): Message {
  const [message] = sent
  if (message === undefined || sent.length > 1) throw new Error(`Expected one message, but there are ${sent.length}.`)
  return message
}

/** A node that behaves as one in a flow, with everything it does written down. */
export class FakeNode implements RuntimeNode {
  id = ''
  type = ''
  readonly credentials: Readonly<Record<string, string>>
  readonly statuses: NodeStatus[] = []
  readonly sent: Message[] = []
  readonly errors: { error: Error | string; message: Message | undefined }[] = []
  readonly warnings: string[] = []
  readonly stores: Map<string, Map<string, unknown>> = new Map()
  readonly #listeners = new Map<string, Listener>()
  #onSent: (() => void) | undefined

  constructor(credentials: Readonly<Record<string, string>>) {
    this.credentials = credentials
  }

  on(event: string, listener: Listener): void {
    this.#listeners.set(event, listener)
  }

  status(status: NodeStatus): void {
    this.statuses.push(status)
  }

  send(message: Message | readonly (Message | null)[]): void {
    this.sent.push(message as Message)
    this.#onSent?.()
  }

  error(error: Error | string, message?: Message): void {
    this.errors.push({ error, message })
    this.#onSent?.()
  }

  warn(text: string): void {
    this.warnings.push(text)
  }

  context(): ReturnType<RuntimeNode['context']> {
    const storeOf = (name = 'default'): Map<string, unknown> => {
      const store = this.stores.get(name) ?? new Map<string, unknown>()
      this.stores.set(name, store)
      return store
    }
    return {
      get: (key, store, callback) => callback(null, storeOf(store).get(key)),
      set: (key, value, store, callback) => {
        storeOf(store).set(key, value)
        callback(null)
      },
    }
  }

  /** Resolves with the next message that the node sends by itself, or error that it reports. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSent = resolve
    })
  }

  /** Sends a message in and waits until the node is done with it. */
  receive(message: Message): Promise<Outcome> {
    const sent: Message[] = []
    const send: Send = (result) => void sent.push(result as Message)
    return new Promise((resolve) => {
      const done: Done = (error) => resolve(error === undefined ? { sent } : { sent, error })
      ;(this.#listeners.get('input') as unknown as (message: Message, send: Send, done: Done) => void)(
        message,
        send,
        done,
      )
    })
  }

  /** Closes the node as a redeploy does. */
  close(): Promise<void> {
    const listener = this.#listeners.get('close') as ((removed: boolean, done: () => void) => void) | undefined
    return new Promise((resolve) => (listener === undefined ? resolve() : listener(false, resolve)))
  }
}

/** As much of a Node-RED as the nodes need, in this process and without its own timing. */
export class FakeNodeRed implements NodeRed {
  readonly #constructors = new Map<string, Constructor>()
  readonly #nodes = new Map<string, FakeNode>()
  readonly #routes = new Map<string, readonly RequestHandler[]>()
  /** Environment variables. */
  readonly env: Record<string, string> = {}
  /** Permissions that the current user lacks. */
  readonly refused: Set<string> = new Set()
  #ids = 0

  readonly nodes: NodeRed['nodes'] = {
    createNode: (node, config) => {
      Object.assign(node, { id: config.id, type: config.type, name: config.name })
    },
    registerType: (type, construct) => void this.#constructors.set(type, construct as Constructor),
    getNode: (id) => this.#nodes.get(id) ?? null,
    getCredentials: (id) => this.#nodes.get(id)?.credentials,
  }

  readonly util: NodeRed['util'] = {
    evaluateNodeProperty: (value, type, _node, message, callback) => {
      try {
        callback(null, this.#evaluate(value, type, message))
      } catch (error) {
        callback(error as Error, undefined)
      }
    },
    setMessageProperty: (message, property, value) => {
      message[property] = value
    },
    cloneMessage: (message) => ({ ...message }),
    generateId: () => `id-${++this.#ids}`,
  }

  readonly auth: NodeRed['auth'] = {
    needsPermission: (permission) => (_request, response, next) => {
      if (this.refused.has(permission)) response.status(401).json({})
      else next()
    },
  }

  readonly httpAdmin: NodeRed['httpAdmin'] = {
    get: (path, ...handlers) => void this.#routes.set(`GET ${path}`, handlers),
    post: (path, ...handlers) => void this.#routes.set(`POST ${path}`, handlers),
  }

  /** Makes a node of a registered type. */
  create(
    config: NodeConfig & Readonly<Record<string, unknown>>,
    credentials: Readonly<Record<string, string>> = {},
  ): FakeNode {
    const construct = this.#constructors.get(config.type)
    if (construct === undefined) throw new Error(`There is no type ${config.type}.`)
    const node = new FakeNode(credentials)
    this.#nodes.set(config.id, node)
    construct.call(node, config)
    return node
  }

  /** Calls an admin route, `GET /forcewire/...` as it was registered, through its permission check. */
  request(route: string, request: Partial<AdminRequest>): Promise<{ status: number; body: unknown }> {
    const handlers = this.#routes.get(route) ?? []
    return new Promise((resolve, reject) => {
      let status = 200
      const response: AdminResponse = {
        status(code) {
          status = code
          return response
        },
        json: (body) => resolve({ status, body }),
      }
      const run = (index: number): void => {
        const handler = handlers[index]
        if (handler === undefined) reject(new Error(`${route} did not answer.`))
        else handler({ params: {}, query: {}, ...request }, response, () => run(index + 1))
      }
      run(0)
    })
  }

  #evaluate(value: string, type: string, message: Message): unknown {
    if (type === 'msg') return value.split('.').reduce<unknown>((at, key) => (at as Message)[key], message)
    if (type === 'num') return Number(value)
    if (type === 'bool') return value === 'true'
    if (type === 'json') return JSON.parse(value)
    // The real one throws what the JSONata parser throws: a plain object.
    if (type === 'jsonata') throw { code: 'S0211', message: 'The symbol "(" cannot be used as a unary operator' }
    if (type === 'env') return this.env[value] ?? ''
    return value
  }
}
