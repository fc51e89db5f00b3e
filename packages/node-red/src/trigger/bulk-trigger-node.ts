import { finishedJobs } from '@forcewire/operations'
import { findConnection } from '../connection/find-connection.ts'
import { nodeError } from '../runtime/failure.ts'
import { migrate } from '../runtime/migrations.ts'
import type { Message, NodeConfig, NodeRed, RuntimeNode, Send } from '../runtime/node-red.ts'
import { resolveTyped } from '../runtime/parameters.ts'
import { StatusLine } from '../runtime/status.ts'
import { WatchStore } from './watch-store.ts'

/** What the editor saves for a bulk trigger. */
export interface BulkTriggerConfig extends NodeConfig {
  readonly connection: string
  readonly kind: 'ingest' | 'query' | 'all'
  /** Only jobs on this object; empty for all. */
  readonly object: string
  /** Seconds between two looks; 0 looks only when a message comes in. */
  readonly interval: number | string
  /** Looked up before each look, so that an environment or context value can switch the trigger off. */
  readonly enabled: string
  readonly enabledType: string
  /** Context store for the watermark; empty for Node-RED's default. */
  readonly store: string
  /** How many failed rows a message lists. */
  readonly failureLimit: number | string
}

/** Registers the type `forcewire-bulk-trigger`. */
export function registerBulkTriggerNode(RED: NodeRed): void {
  RED.nodes.registerType('forcewire-bulk-trigger', function construct(this: RuntimeNode, config: BulkTriggerConfig) {
    RED.nodes.createNode(this, config)
    new BulkTriggerNode(RED, this, migrate(config)).start()
  })
}

/**
 * Watches Salesforce for bulk jobs that finish, whoever started them. Each job is one message; what was reported is
 * remembered only after its message was sent, so a crash in between repeats a job and never loses one.
 */
class BulkTriggerNode {
  readonly #RED: NodeRed
  readonly #node: RuntimeNode
  readonly #config: BulkTriggerConfig
  readonly #status: StatusLine
  readonly #store: WatchStore
  readonly #closing = new AbortController()
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  /** Whether the status already says that all is well. */
  #watching = false

  constructor(RED: NodeRed, node: RuntimeNode, config: BulkTriggerConfig) {
    this.#RED = RED
    this.#node = node
    this.#config = config
    this.#status = new StatusLine(node)
    this.#store = new WatchStore(node, config.store)
  }

  start(): void {
    this.#node.on('input', (message, send, done) => {
      this.#look(message, send).then(
        () => done(),
        (error: unknown) => (this.#closing.signal.aborted ? done() : done(this.#failed(error))),
      )
    })
    this.#node.on('close', (_removed, done) => {
      clearTimeout(this.#timer)
      this.#closing.abort()
      done()
    })
    if (this.#interval > 0) void this.#lookAndRepeat()
    else this.#status.stopped('waits for a message')
  }

  /** Milliseconds. */
  get #interval(): number {
    return Math.max(0, Number(this.#config.interval) || 0) * 1000
  }

  async #lookAndRepeat(): Promise<void> {
    try {
      await this.#look({}, (event) => this.#node.send(event))
    } catch (error) {
      // A look that a redeploy broke off is no failure; the next node looks again.
      if (this.#closing.signal.aborted) return
      // An object as second argument lets a Catch node see an error that no message caused.
      this.#node.error(this.#failed(error), {})
    }
    if (!this.#closing.signal.aborted) this.#timer = setTimeout(() => void this.#lookAndRepeat(), this.#interval)
  }

  /** Two looks never overlap: who asks during one waits for it and is done with it. */
  #look(cause: Message, send: Send): Promise<void> {
    this.#looking ??= this.#lookOnce(cause, send).finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #lookOnce(cause: Message, send: Send): Promise<void> {
    if (!(await this.#isEnabled(cause))) return this.#pause()
    const { signal } = this.#closing
    const connection = findConnection(this.#RED, this.#config.connection)
    const { kind, object, failureLimit } = this.#config
    const { events, state } = await finishedJobs({
      salesforce: connection.salesforce(),
      kind,
      object: object.trim() || undefined,
      state: await this.#store.load(),
      failureLimit: Math.max(0, Number(failureLimit) || 0),
      signal,
    })
    if (signal.aborted) return
    for (const event of events) send({ ...this.#RED.util.cloneMessage(cause), topic: event.job.object, payload: event })
    await this.#store.save(state)
    const last = events.at(-1)
    if (last !== undefined) this.#status.done(last.counts.processed)
    else if (!this.#watching) this.#status.idle('watching')
    this.#watching = true
  }

  async #isEnabled(message: Message): Promise<boolean> {
    const value = await resolveTyped(
      this.#RED,
      this.#node,
      { type: this.#config.enabledType, value: this.#config.enabled },
      message,
      'Enabled',
    )
    return !['false', '0', 'no', 'off', ''].includes(String(value ?? '').toLowerCase())
  }

  #pause(): void {
    this.#watching = false
    this.#status.stopped('switched off')
  }

  #failed(error: unknown): Error {
    const failure = nodeError(error)
    this.#watching = false
    this.#status.failed(failure.code)
    return failure
  }
}
