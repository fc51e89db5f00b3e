import type { NodeRed } from './runtime/node-red.ts'
import { registerBulkTriggerNode } from './trigger/bulk-trigger-node.ts'

/** Node-RED's entry for the set `bulk-trigger`: the type `forcewire-bulk-trigger`. */
export function register(RED: NodeRed): void {
  registerBulkTriggerNode(RED)
}
