/**
 * The parts of Node-RED's runtime API that these nodes use, described by us: `@types/node-red` is older than
 * Node-RED 4 and knows neither error codes nor config-node statuses. Source: Node-RED's "Creating Nodes" documentation.
 */
export interface NodeRed {
  readonly nodes: {
    createNode(node: RuntimeNode, config: NodeConfig): void
    registerType(
      type: string,
      // biome-ignore lint/suspicious/noExplicitAny: each node type has a configuration of its own
      construct: (this: any, config: any) => void,
      options?: { readonly credentials?: Readonly<Record<string, { readonly type: 'text' | 'password' }>> },
    ): void
    getNode(id: string): unknown
    getCredentials(id: string): Readonly<Record<string, string>> | undefined
  }
  readonly util: {
    evaluateNodeProperty(
      value: string,
      type: string,
      node: RuntimeNode | undefined,
      message: Message,
      callback: (error: Error | null, result: unknown) => void,
    ): void
    setMessageProperty(message: Message, property: string, value: unknown, createMissing: boolean): void
    cloneMessage<M extends Message>(message: M): M
    generateId(): string
  }
  readonly auth: { needsPermission(permission: string): RequestHandler }
  readonly httpAdmin: {
    get(path: string, ...handlers: RequestHandler[]): void
    post(path: string, ...handlers: RequestHandler[]): void
  }
}

/** What the editor saved for a node; each type adds its own properties. */
export interface NodeConfig {
  readonly id: string
  readonly type: string
  readonly name?: string
  /** Version of the saved shape; see `migrations.ts`. */
  readonly version?: number
}

/** A message on a wire: any property, `payload` by custom. */
export interface Message {
  _msgid?: string
  payload?: unknown
  topic?: unknown
  parts?: MessageParts
  [property: string]: unknown
}

/** Marks a message as one of a sequence, as core's Split does; `count` is known on the last message at the latest. */
export interface MessageParts {
  readonly id: string
  readonly type: 'array'
  readonly index: number
  readonly len: number
  readonly count?: number
  /** The sequence that the incoming message was part of. */
  readonly parts?: MessageParts
}

/** Shown under a node; an empty object clears it. */
export interface NodeStatus {
  readonly fill?: 'red' | 'green' | 'yellow' | 'blue' | 'grey'
  readonly shape?: 'ring' | 'dot'
  readonly text?: string
}

export type Send = (message: Message | readonly (Message | null)[]) => void
export type Done = (error?: Error) => void

/** A live node as its constructor sees it. */
export interface RuntimeNode {
  readonly id: string
  readonly type: string
  readonly name?: string
  readonly credentials?: Readonly<Record<string, string | undefined>>
  on(event: 'input', listener: (message: Message, send: Send, done: Done) => void): void
  on(event: 'close', listener: (removed: boolean, done: () => void) => void): void
  send(message: Message | readonly (Message | null)[]): void
  status(status: NodeStatus): void
  error(error: Error | string, message?: Message): void
  warn(text: string): void
  context(): NodeContext
}

/** Context of one node; stores may be asynchronous, so only the callback forms are declared. */
export interface NodeContext {
  get(key: string, store: string | undefined, callback: (error: Error | null, value?: unknown) => void): void
  set(key: string, value: unknown, store: string | undefined, callback: (error?: Error | null) => void): void
}

/** The parts of an express request and response that the admin routes use. */
export interface AdminRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly body?: unknown
}
export interface AdminResponse {
  status(code: number): AdminResponse
  json(body: unknown): void
}
export type RequestHandler = (request: AdminRequest, response: AdminResponse, next: () => void) => void
