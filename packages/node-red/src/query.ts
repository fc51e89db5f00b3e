import type { NodeRed } from './runtime/node-red.ts'
import { registerOperationNode } from './runtime/operation-node.ts'

/** Node-RED's entry for the set `query`: the type `forcewire-query`. */
export function register(RED: NodeRed): void {
  registerOperationNode(RED, 'query')
}
