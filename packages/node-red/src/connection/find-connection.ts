import { ConfigurationError } from '@forcewire/core'
import type { NodeRed } from '../runtime/node-red.ts'
import type { ConnectionNode } from './connection-node.ts'

/**
 * The connection that a node was given.
 * @throws ConfigurationError where none is chosen, or the chosen one was deleted or disabled
 */
export function findConnection(RED: NodeRed, id: string): ConnectionNode {
  const connection = RED.nodes.getNode(id) as Partial<ConnectionNode> | null | undefined
  if (connection?.salesforce !== undefined) return connection as ConnectionNode
  throw new ConfigurationError('This node has no Salesforce connection. Open it and choose or add one.')
}
