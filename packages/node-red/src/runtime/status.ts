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

  /** Blue ring with the phase, the counts and the time: `uploading 12,000 of 33,760 rows, 3 jobs, 20 s left`. */
  working(progress: Progress): void {
    this.#throttled({ fill: 'blue', shape: 'ring', text: progressText(progress) })
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

function progressText({ phase, rows, total, jobs = {}, timeLeft }: Progress): string {
  const count = Object.values(jobs).reduce((sum, ofState) => sum + ofState, 0)
  return [
    `${phase} ${total === undefined || total === rows ? counted(rows, 'row') : `${grouped(rows)} of ${counted(total, 'row')}`}`,
    // One job is what everybody expects.
    ...(count > 1 ? [counted(count, 'job')] : []),
    ...(timeLeft ? [`${durationText(timeLeft)} left`] : []),
  ].join(', ')
}

function durationText(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  if (seconds < 100) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

function counted(count: number, unit: string): string {
  return `${grouped(count)} ${unit}${count === 1 ? '' : 's'}`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
