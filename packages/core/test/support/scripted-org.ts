import type { ClientOptions } from '@forcewire/core'
import { accessToken, Salesforce, type Transport, type TransportRequest } from '@forcewire/core/portable'
import { TestClock } from './test-clock.ts'

/** One scripted answer; an `Error` is thrown as a transport would throw it. */
export type Answer =
  | Error
  | {
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly json?: unknown
      readonly text?: string
    }

/** Decides about one request; the number counts all requests from 0. */
export type Script = (request: TransportRequest, index: number) => Answer | Promise<Answer>

/** An org made of answers: no network, no waiting. */
export interface ScriptedOrg {
  readonly salesforce: Salesforce
  readonly clock: TestClock
  /** Everything that was sent. */
  readonly requests: readonly TransportRequest[]
}

/** The instance of a scripted org. */
export const instanceUrl: string = 'https://acme.my.salesforce.com'

/** A client over scripted answers: a list is answered in order, its last entry for ever. */
export function scriptedOrg(script: Script | readonly Answer[], options: Partial<ClientOptions> = {}): ScriptedOrg {
  const clock = new TestClock()
  const { transport, requests } = scriptedTransport(script)
  const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
  const salesforce = new Salesforce({ auth, ...options, transport, clock, random: () => 1 })
  return { salesforce, clock, requests }
}

/** The transport of a scripted org, for tests that make their own clients. */
export function scriptedTransport(script: Script | readonly Answer[]): {
  readonly transport: Transport
  readonly requests: TransportRequest[]
} {
  const requests: TransportRequest[] = []
  const answer: Script =
    typeof script === 'function' ? script : (_, index) => script[Math.min(index, script.length - 1)] ?? {}
  const transport: Transport = async (request) => {
    requests.push(request)
    const result = await answer(request, requests.length - 1)
    if (result instanceof Error) throw result
    const { status = 200, headers = {}, json, text = json === undefined ? '' : JSON.stringify(json) } = result
    const type = json === undefined ? {} : { 'content-type': 'application/json' }
    return { status, headers: { ...type, ...headers }, body: chunks(text) }
  }
  return { transport, requests }
}

/** Salesforce's usual error body. */
export function errors(
  errorCode: string,
  message: string = 'said by the test',
  fields: readonly string[] = [],
): readonly unknown[] {
  return [{ errorCode, message, fields }]
}

/** An error as Node's network stack throws it. */
export function networkFailure(code: string): Error {
  return Object.assign(new Error(`${code} happened`), { code })
}

/** In two pieces, so that readers meet a split. */
async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  if (bytes.byteLength === 0) return
  yield bytes.subarray(0, 1)
  if (bytes.byteLength > 1) yield bytes.subarray(1)
}
