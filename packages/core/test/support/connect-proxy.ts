import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { loopbackServer } from './loopback-server.ts'

/** An HTTP proxy on loopback. */
export interface ConnectProxy extends AsyncDisposable {
  readonly url: string
  /** Hosts that it was asked to connect to. */
  readonly hosts: readonly string[]
}

/** Starts a proxy that takes `CONNECT`, as undici asks for it. */
export async function connectProxy(): Promise<ConnectProxy> {
  const hosts: string[] = []
  const server = await loopbackServer((_request, response) => response.writeHead(405).end())
  server.server.on('connect', ({ url = '' }: { url?: string }, client: Duplex) => {
    hosts.push(url)
    const { hostname, port } = new URL(`http://${url}`)
    const target = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      client.pipe(target).pipe(client)
    })
    target.on('error', () => client.destroy())
    client.on('error', () => target.destroy())
  })
  return { url: server.url, hosts, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
