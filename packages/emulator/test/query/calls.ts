import { after, before } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'

/** A parsed JSON body. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into an answer at will; a wrong look fails the test.
export type Json = any

/** An answer of the emulator, read to its end. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON. */
  readonly json: Json
}

/** One call below `/services/data/v67.0`, or of a whole path that begins with `/services`. */
export type Call = (method: string, path: string, options?: CallOptions) => Promise<Answer>

/** Body and headers of a call: an object goes as JSON, text and bytes as CSV. */
export interface CallOptions {
  readonly body?: object | string | Uint8Array | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls an emulator with its own access token. */
export function caller(emulator: Emulator): Call {
  return async (method, path, { body, headers = {} } = {}) => {
    const json = body !== undefined && typeof body === 'object' && !(body instanceof Uint8Array)
    const response = await fetch(
      `${emulator.url}${path.startsWith('/services') ? path : `/services/data/v67.0${path}`}`,
      {
        method,
        headers: {
          authorization: `Bearer ${emulator.credentials.accessToken}`,
          ...(body !== undefined && { 'content-type': json ? 'application/json' : 'text/csv' }),
          ...headers,
        },
        ...(body !== undefined && { body: json ? JSON.stringify(body) : (body as string | Uint8Array<ArrayBuffer>) }),
      },
    )
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      get json() {
        return JSON.parse(text)
      },
    }
  }
}

/** Calls an emulator without records that is there for the tests of one suite. */
export function emptyOrg(): Call {
  let emulator: Emulator
  let call: Call
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    call = caller(emulator)
  })
  after(() => emulator.close())
  return (...given) => call(...given)
}

/** Runs a query and gives the answer's body; fails where the query is refused. */
export async function query(call: Call, soql: string): Promise<Json> {
  const answer = await call('GET', `/query?q=${encodeURIComponent(soql)}`)
  if (answer.status !== 200) throw new Error(`${soql}: ${answer.text}`)
  return answer.json
}

/** Creates a record and gives its Id. */
export async function create(call: Call, object: string, record: object): Promise<string> {
  const answer = await call('POST', `/sobjects/${object}`, { body: record })
  if (answer.status !== 201) throw new Error(`${object}: ${answer.text}`)
  return answer.json.id
}
