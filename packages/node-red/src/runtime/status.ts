import type { Progress } from '@forcewire/operations'
import type { NodeStatus, RuntimeNode } from './node-red.ts'

/** Every status change travels to all open editors and Status nodes: two a second are enough for a progress count. */
const quietMilliseconds = 500

/** The line under a node: working, waiting before a retry, done, failed. Progress is throttled, endings never are. */
export class StatusLine {
  readonly #node: RuntimeNode
  readonly #now: () => number
  #lastProgress = Number.NEGATIVE_INFINITY

  constructor(node: RuntimeNode, now: () => number = Date.now) {
    this.#node = node
    this.#now = now
  }

  /** Blue ring with the phase and the count: `uploading 1200/3376`. */
  working({ phase, rows, total }: Progress): void {
    this.#throttled({
      fill: 'blue',
      shape: 'ring',
      text: total === undefined ? `${phase} ${rows}` : `${phase} ${rows}/${total}`,
    })
  }

  /** Blue ring as soon as a message came in. */
  started(): void {
    this.#node.status({ fill: 'blue', shape: 'ring', text: 'working' })
  }

  /** Yellow ring while core waits before it tries again. */
  waiting(milliseconds: number): void {
    this.#throttled({
      fill: 'yellow',
      shape: 'ring',
      text: `retry in ${Math.max(1, Math.round(milliseconds / 1000))} s`,
    })
  }

  /** Green dot with a number: `3376 rows`. */
  done(count: number, unit: 'row' | 'result' = 'row'): void {
    this.#node.status({ fill: 'green', shape: 'dot', text: `${count} ${unit}${count === 1 ? '' : 's'}` })
  }

  /** Green dot with a short text of one's own. */
  idle(text: string): void {
    this.#node.status({ fill: 'green', shape: 'dot', text })
  }

  /** Red ring with the shortest useful name of an error. */
  failed(text: string): void {
    this.#node.status({ fill: 'red', shape: 'ring', text: text.length > 32 ? `${text.slice(0, 31)}…` : text })
  }

  /** Grey ring: stopped or switched off by the user. */
  stopped(text: string): void {
    this.#node.status({ fill: 'grey', shape: 'ring', text })
  }

  #throttled(status: NodeStatus): void {
    const now = this.#now()
    if (now - this.#lastProgress < quietMilliseconds) return
    this.#lastProgress = now
    this.#node.status(status)
  }
}
