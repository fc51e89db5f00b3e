import type { Answer } from './in-process.ts'

/** Stands in for the server's reply where a road is taken inside the process: it keeps the answer. */
export class InProcessReply {
  statusCode = 200
  sent = false
  readonly #headers: Record<string, string> = {}
  #body: unknown

  code(status: number): this {
    this.statusCode = status
    return this
  }

  header(name: string, value: unknown): this {
    this.#headers[name.toLowerCase()] = String(value)
    return this
  }

  type(value: string): this {
    return this.header('content-type', value)
  }

  send(body?: unknown): this {
    this.sent = true
    this.#body = body
    return this
  }

  /** What was sent, or `returned` by a road that leaves the sending to the server. */
  answer(returned: unknown): Answer {
    const body = this.sent ? this.#body : returned
    return { status: this.statusCode, headers: this.#headers, body: body ?? null }
  }
}
