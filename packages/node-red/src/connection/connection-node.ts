import type { Salesforce } from '@forcewire/core'
import { migrate } from '../runtime/migrations.ts'
import type { NodeRed, RuntimeNode } from '../runtime/node-red.ts'
import { createClient } from './client.ts'
import { DescribeCache } from './describe-cache.ts'
import { type ConnectionConfig, credentialTypes } from './settings.ts'

/** A connection as the nodes that use it see it. */
export interface ConnectionNode {
  /**
   * The one client that all nodes of this connection share, made when first asked for, so that a connection nobody
   * uses costs nothing.
   * @throws ConfigurationError naming the field that is missing
   */
  salesforce(): Salesforce
  /** Tells when core waits before it sends a request of this connection again; returns a function that ends it. */
  onRetry(listener: (milliseconds: number) => void): () => void
  /** Object and field lists for the editor. */
  readonly describes: DescribeCache
}

/** Registers the type `forcewire-connection`. */
export function registerConnectionNode(RED: NodeRed): void {
  RED.nodes.registerType(
    'forcewire-connection',
    function construct(
      this: RuntimeNode & { -readonly [K in keyof ConnectionNode]: ConnectionNode[K] },
      config: ConnectionConfig,
    ) {
      RED.nodes.createNode(this, config)
      const { url, authentication, apiVersion = '' } = migrate(config)
      const retryListeners = new Set<(milliseconds: number) => void>()
      let client: Salesforce | undefined

      this.salesforce = () => {
        if (client === undefined) {
          client = createClient({ url, authentication, apiVersion, credentials: this.credentials ?? {} })
          client.on('retry', ({ delay }) => {
            for (const listener of retryListeners) listener(delay)
          })
          client.on('warning', ({ message }) => this.warn(message))
        }
        return client
      }
      this.onRetry = (listener) => {
        retryListeners.add(listener)
        return () => retryListeners.delete(listener)
      }
      this.describes = new DescribeCache(() => this.salesforce())

      this.on('close', (_removed, done) => {
        const closing = client
        client = undefined
        if (closing === undefined) done()
        else closing.close().then(done, () => done())
      })
    },
    { credentials: credentialTypes },
  )
}
