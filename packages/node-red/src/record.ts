import type { NodeRed } from './runtime/node-red.ts'
import { registerOperationNode } from './runtime/operation-node.ts'

/** Node-RED's entry for the set `record`: the type `forcewire-record`. */
export function register(RED: NodeRed): void {
  registerOperationNode(RED, 'record')
}
