import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { accessToken, Salesforce, type SalesforceOptions } from '@forcewire/core'
import { type LoopbackServer, loopbackServer } from '../support/loopback-server.ts'

/** A request as it arrived, byte by byte. */
export interface Arrived {
  readonly line: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** An org that takes uploads over loopback and answers the calls around them. */
export interface Sink extends AsyncDisposable {
  readonly salesforce: Salesforce
  readonly server: LoopbackServer
  readonly arrived: readonly Arrived[]
}

/** An answer: its status and its JSON. */
export type Reply = readonly [status: number, json: unknown]

export const versionId: string = '068000000000001AAA'
export const documentId: string = '069000000000001AAA'

/** Starts one. `reply` decides about some requests, by their number from 0; the others succeed. */
export async function sink(
  reply: (index: number, arrived: Arrived) => Reply | undefined = () => undefined,
  options: Partial<SalesforceOptions> = {},
): Promise<Sink> {
  const arrived: Arrived[] = []
  const server = await loopbackServer(async (request, response) => {
    const entry = await read(request)
    arrived.push(entry)
    const [status, json] = reply(arrived.length - 1, entry) ?? usual(entry)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  })
  const auth = accessToken({ accessToken: 'T', instanceUrl: server.url })
  const salesforce = new Salesforce({ auth, ...options })
  return {
    salesforce,
    server,
    arrived,
    async [Symbol.asyncDispose]() {
      await salesforce.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function read(request: IncomingMessage): Promise<Arrived> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return { line: `${request.method} ${request.url}`, headers: request.headers, body: Buffer.concat(chunks) }
}

function usual({ line, body }: Arrived): Reply {
  if (line.startsWith('GET')) return [200, { ContentDocumentId: documentId, LatestPublishedVersionId: versionId }]
  if (!line.includes('/composite/sobjects')) return [201, { id: versionId, success: true, errors: [] }]
  const { records } = JSON.parse(body.toString()) as { records: unknown[] }
  return [200, records.map(() => ({ id: '06A000000000001AAA', success: true, errors: [] }))]
}
