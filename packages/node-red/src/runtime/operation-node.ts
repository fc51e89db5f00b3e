import { findConnection } from '../connection/find-connection.ts'
import type { OutputMode } from './deliver.ts'
import { flowError, nodeError } from './failure.ts'
import { migrate } from './migrations.ts'
import type { Done, Message, NodeConfig, NodeRed, RuntimeNode, Send } from './node-red.ts'
import { runOperation } from './operation-run.ts'
import type { TypedValue } from './parameters.ts'
import { StatusLine } from './status.ts'

/** What the editor saves for a node of one resource. Names are wire-stable: they are in every user's flow file. */
export interface OperationNodeConfig extends NodeConfig {
  /** Id of the connection node. */
  readonly connection: string
  /** `record.upsert` */
  readonly operation: string
  /** The operation's parameters by name; those of operations that were chosen before may still be there. */
  readonly parameters: Readonly<Record<string, TypedValue>>
  /** Where the input rows are: `payload` of type `msg`. */
  readonly input: string
  readonly inputType: string
  readonly output: OutputMode
  /** Rows in one message while `output` is `page`. */
  readonly pageSize: number | string
  /** Property of the message that takes the result. */
  readonly property: string
  /** Whether refused rows of a load are an error too, or only part of the output. */
  readonly failedRows: 'error' | 'output'
}

/** Registers the node of one resource: `query` becomes the type `forcewire-query`. */
export function registerOperationNode(RED: NodeRed, resource: string): void {
  RED.nodes.registerType(`forcewire-${resource}`, function construct(this: RuntimeNode, config: OperationNodeConfig) {
    RED.nodes.createNode(this, config)
    new OperationNode(RED, this, migrate(config)).listen()
  })
}

/** The reason of a signal that the user pulled with `msg.cancel`. */
class Cancelled extends Error {}

/** The reason of a signal that a redeploy or a shutdown pulled. */
class Closed extends Error {}

class OperationNode {
  readonly #RED: NodeRed
  readonly #node: RuntimeNode
  readonly #config: OperationNodeConfig
  readonly #status: StatusLine
  readonly #running = new Set<AbortController>()

  constructor(RED: NodeRed, node: RuntimeNode, config: OperationNodeConfig) {
    this.#RED = RED
    this.#node = node
    this.#config = config
    this.#status = new StatusLine(node)
  }

  listen(): void {
    this.#node.on('input', (message, send, done) => {
      if (message.cancel === true) {
        this.#abortAll(new Cancelled())
        done()
      } else {
        void this.#handle(message, send, done)
      }
    })
    this.#node.on('close', (_removed, done) => {
      this.#abortAll(new Closed())
      done()
    })
  }

  async #handle(message: Message, send: Send, done: Done): Promise<void> {
    const controller = new AbortController()
    const { signal } = controller
    this.#running.add(controller)
    this.#status.started()
    let endRetryNotice: (() => void) | undefined
    try {
      const connection = findConnection(this.#RED, this.#config.connection)
      endRetryNotice = connection.onRetry((milliseconds) => this.#status.waiting(milliseconds))
      const outcome = await runOperation({
        RED: this.#RED,
        node: this.#node,
        config: this.#config,
        salesforce: connection.salesforce(),
        status: this.#status,
        message,
        // A result that arrives after a redeploy belongs to nobody any more.
        send: (result) => signal.aborted || send(result),
        signal,
      })
      if (outcome.error === undefined) this.#status.done(outcome.rows, outcome.unit)
      else this.#status.failed(`${outcome.failed} of ${outcome.rows} failed`)
      done(outcome.error)
    } catch (error) {
      this.#end(signal, error, done)
    } finally {
      endRetryNotice?.()
      this.#running.delete(controller)
    }
  }

  #end(signal: AbortSignal, error: unknown, done: Done): void {
    if (signal.reason instanceof Closed) {
      this.#status.stopped('stopped')
      done()
    } else if (signal.reason instanceof Cancelled) {
      this.#status.stopped('cancelled')
      done(flowError('Cancelled by msg.cancel; nothing more is sent.', 'CANCELLED', { errors: [], retryable: true }))
    } else {
      const failure = nodeError(error)
      this.#status.failed(failure.code)
      done(failure)
    }
  }

  #abortAll(reason: Error): void {
    for (const controller of this.#running) controller.abort(reason)
  }
}
