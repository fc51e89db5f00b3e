import type { TestContext } from 'node:test'
import type { Emulator, EmulatorOptions } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'
import { type RecordedCase, recordedCase } from '../support/recorded.ts'
import { Planting, type RecordedRow } from './planting.ts'

/** How one recorded exchange is asked of an emulator. */
export interface Exchange {
  /** How the emulator is started; an empty org when absent. */
  readonly org?: () => EmulatorOptions
  /** Puts in place what the recorded org held, and asks what its client asked. */
  readonly ask: (org: AskedOrg) => Promise<Answer>
  /** What of the recorded body is compared with the body here; all of it when absent. */
  // biome-ignore lint/suspicious/noExplicitAny: recorded bodies have every shape
  readonly compared?: (recorded: any, here: any) => unknown
}

/** Recorded exchanges by the id of their case. */
export type Exchanges = Readonly<Record<string, Exchange>>

/** What may differ from the recorded request. */
export interface Changes {
  readonly method?: string
  /** Path without the recorded one's query. */
  readonly path?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** An emulator on its way to answer what a recorded org was asked. */
export class AskedOrg {
  readonly emulator: Emulator
  readonly recorded: RecordedCase
  readonly #planting: Planting

  private constructor(emulator: Emulator, recorded: RecordedCase) {
    this.emulator = emulator
    this.recorded = recorded
    this.#planting = new Planting(emulator)
  }

  /** Starts the emulator of an exchange; it lives as long as the test. */
  static async start(t: TestContext, id: string, exchange: Exchange): Promise<AskedOrg> {
    return new AskedOrg(await startEmulator(t, exchange.org?.()), recordedCase(id))
  }

  /** The recorded body as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: recorded bodies have every shape
  get answer(): any {
    return JSON.parse(this.recorded.response.body)
  }

  /** Makes the org hold the rows: those of the recorded answer unless others are given. */
  async plant(
    rows: readonly RecordedRow[] = this.answer.records,
    extra: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.#planting.plant(rows, extra)
  }

  /** Makes the user of the session the recorded one. */
  async becomeUser(row: RecordedRow): Promise<void> {
    const soql = `SELECT Id FROM User WHERE Username = '${this.emulator.credentials.username}'`
    const { json } = await this.send('GET', data(`/query?q=${encodeURIComponent(soql)}`))
    await this.#planting.rewrite(json.records[0].Id, row)
  }

  /** Creates records that no recording tells of. */
  create(object: string, records: readonly object[]): Promise<string[]> {
    return this.#planting.create(object, records)
  }

  /** Lets an Id of this org stand for a recorded one. */
  same(recordedId: string, id: string): void {
    this.#planting.ids.set(recordedId, id)
  }

  /** Asks what was asked, with the Ids of this org in the place of the recorded ones and a version that is still served. */
  ask(changes: Changes = {}): Promise<Answer> {
    const { request } = this.recorded
    const { method = request.method, path = request.path, body = request.body } = changes
    const [road = '', search] = servedVersion(path).split('?')
    const parameters = new URLSearchParams(search)
    const query = changes.query ?? request.query?.q
    if (query !== undefined) parameters.set('q', query)
    for (const [name, value] of parameters) parameters.set(name, this.#translated(value))
    return this.send(method, `${this.#translated(road)}${parameters.size > 0 ? `?${parameters}` : ''}`, {
      ...(changes.headers && { headers: changes.headers }),
      ...(body !== undefined && body !== null && { body: this.#body(body) }),
    })
  }

  /** Sends one request to this org. */
  send(method: string, path: string, options: Parameters<typeof send>[3] = {}): Promise<Answer> {
    return send(this.emulator, method, path, options)
  }

  /** A text of the recording in which the Ids of planted records are numbered, so that they can be told from each other. */
  marked(text: string): string {
    return numbered(
      text,
      this.#pairs().map(([id]) => id),
    )
  }

  /** A text of this org in which the Ids of planted records have the numbers of those that they stand for. */
  markedHere(text: string): string {
    return numbered(
      text,
      this.#pairs().map(([, id]) => id),
    )
  }

  /** Planted records by their recorded Id and by the one here; Ids that the authors of a sample made up stand for nothing. */
  #pairs(): [recordedId: string, id: string][] {
    return [...this.#planting.ids].filter(([id]) => /^\w{18}$/.test(id))
  }

  #body(body: unknown): unknown {
    if (body instanceof URLSearchParams) return body
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return text.startsWith('{') ? JSON.parse(this.#translated(text)) : text
  }

  #translated(text: string): string {
    return text.replace(ID, (id) => this.#planting.ids.get(id) ?? id)
  }
}

const ID = /\b[A-Za-z0-9]{18}\b/g

function numbered(text: string, ids: readonly string[]): string {
  const numbers = new Map(ids.map((id, index) => [id, index + 1]))
  return text.replace(ID, (id) => (numbers.has(id) ? `<planted ${numbers.get(id)}>` : id))
}

/** Puts a version in the place of a recorder's placeholder, v31.0 in the place of one that Salesforce retired, and takes the host away. */
function servedVersion(path: string): string {
  return path
    .replace(/^(?:https?:\/\/[^/]+|<\w+>)(?=\/)/, '')
    .replace(/\/data\/(?:vxx\.0|<api_version>)/, '/data/v62.0')
    .replace(/\/data\/v(?:1\d|2\d|30)\.0/, '/data/v31.0')
}
