import type { NodeRed } from './runtime/node-red.ts'
import { registerOperationNode } from './runtime/operation-node.ts'

/** Node-RED's entry for the set `org`: the type `forcewire-org`. */
export function register(RED: NodeRed): void {
  registerOperationNode(RED, 'org')
}
