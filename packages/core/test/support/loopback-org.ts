import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { accessToken, customClock, customRandom, Salesforce, type SalesforceOptions } from '@forcewire/core'
import { Agent, type buildConnector, type Dispatcher } from 'undici'
import { loopbackServer } from './loopback-server.ts'
import { type Answer, instanceUrl } from './scripted-org.ts'
import { TestClock } from './test-clock.ts'

/** A request as it came over the wire, its address with the host that the client meant, its body unpacked. */
export interface ReceivedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** What the server does with a request; a `broken` connection is closed without an answer. */
export type LoopbackAnswer = Exclude<Answer, Error> | 'broken'

/** Decides about one request; the number counts all requests from 0. */
export type LoopbackScript = (request: ReceivedRequest, index: number) => LoopbackAnswer | Promise<LoopbackAnswer>

/** An org made of answers that come over loopback HTTP, by the client's own transport. */
export interface LoopbackOrg extends AsyncDisposable {
  readonly salesforce: Salesforce
  readonly clock: TestClock
  /** Everything that the server received. */
  readonly requests: readonly ReceivedRequest[]
  /** Leads every host name to the server, for clients that tests make themselves. */
  readonly dispatcher: Dispatcher
}

/** A client before a server on loopback: a list of answers is given in order, its last entry for ever. */
export async function loopbackOrg(
  script: LoopbackScript | readonly LoopbackAnswer[],
  options: Partial<SalesforceOptions> = {},
): Promise<LoopbackOrg> {
  const answer: LoopbackScript =
    typeof script === 'function' ? script : (_, index) => script[Math.min(index, script.length - 1)] ?? {}
  const requests: ReceivedRequest[] = []
  // What is open is closed again where the options are refused.
  await using opened = new AsyncDisposableStack()
  const server = await loopbackServer(async (request, response) => {
    const { method = '', url = '' } = request
    const headers = request.headers as ReceivedRequest['headers']
    const received = {
      method,
      url: `https://${headers.host}${url}`,
      headers,
      body: unpacked(headers, await buffer(request)),
    }
    const result = await answer(received, requests.push(received) - 1)
    if (result === 'broken') {
      request.socket.resetAndDestroy()
      return
    }
    const { status = 200, json, text: body = json === undefined ? '' : JSON.stringify(json) } = result
    const type = json === undefined ? {} : { 'content-type': 'application/json' }
    response.writeHead(status, { ...type, ...result.headers })
    response.end(body)
  })
  opened.use(server)
  const dispatcher = new Agent({ connect: connectorTo(Number(new URL(server.url).port)) })
  opened.defer(() => dispatcher.destroy())
  const clock = new TestClock()
  const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
  const salesforce = new Salesforce({ auth, dispatcher, [customClock]: clock, [customRandom]: () => 1, ...options })
  opened.use(salesforce)
  const open = opened.move()
  return { salesforce, clock, requests, dispatcher, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

function unpacked(headers: ReceivedRequest['headers'], body: Buffer): string {
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
}

/** Every connection is a plain one to this port, whatever host and scheme the client speaks to. */
function connectorTo(port: number): buildConnector.connector {
  return (_, callback) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => callback(null, socket)).once('error', (error) => callback(error, null))
  }
}
