import { hostAuth, Salesforce } from '@forcewire/core/portable'
import { hostClock } from './host-clock.ts'
import { type HostContext, hostTransport } from './host-transport.ts'

/** The choices of the parameter "Authentication" and the credential type that each one uses. */
export const credentialTypes: Readonly<Record<string, string>> = {
  clientCredentials: 'forcewireClientCredentialsApi',
  jwt: 'forcewireJwtApi',
}

/**
 * A client for one execution. Token and instance URL stay with n8n, which adds them to each request, so the client
 * itself holds no secret. Close it when the execution ends.
 */
export function nodeClient(context: HostContext): Salesforce {
  return new Salesforce({
    auth: hostAuth(),
    transport: hostTransport(context, credentialTypes[authentication(context)] ?? ''),
    clock: hostClock,
    random: Math.random,
    gzip,
  })
}

function authentication(context: HostContext): string {
  // In an editor's request and in a poll the second position is the fallback, in an execution it is the item.
  return String(
    'getInputData' in context
      ? context.getNodeParameter('authentication', 0)
      : context.getNodeParameter('authentication', 'clientCredentials'),
  )
}

function gzip(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]()
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value as Uint8Array<ArrayBuffer>)
    },
    async cancel() {
      await source.return?.()
    },
  })
  return stream.pipeThrough(new CompressionStream('gzip'))
}
