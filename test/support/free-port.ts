import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

/**
 * A loopback port that was free a moment ago, for programs that cannot be told "any port" (Node-RED, n8n).
 * The system hands out ports round about, so two calls in a row give two ports.
 */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
