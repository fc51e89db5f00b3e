import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createGunzip } from 'node:zlib'
import type { BenchCase, BenchRequest } from './bench-case.ts'

/**
 * The neutral server of one case, in a process of its own: `node static-server.ts <case>`. All answers are prepared,
 * so it costs the contestants no time; none is compressed, so that nobody gains or loses by asking for it.
 */
const { benchCase } = (await import(`./cases/${process.argv[2]}/case.ts`)) as { benchCase: BenchCase }
const answer = benchCase.prepare()
const newline = '\n'.charCodeAt(0)

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const body = await measured(request)
  const made = answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body })
  response.writeHead(made.status ?? 200, {
    'content-length': made.body?.length ?? 0,
    'sforce-limit-info': 'api-usage=1/1000000',
    ...made.headers,
  })
  response.end(made.body)
})

server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})

async function measured(request: IncomingMessage): Promise<BenchRequest['body']> {
  let bytes = 0
  let lines = 0
  const plain = request.headers['content-encoding'] === 'gzip' ? request.pipe(createGunzip()) : request
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    bytes += chunk.length
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) lines += 1
  }
  return { bytes, lines }
}
