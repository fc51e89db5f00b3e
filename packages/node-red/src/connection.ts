import { registerAdminRoutes } from './connection/admin-routes.ts'
import { registerConnectionNode } from './connection/connection-node.ts'
import type { NodeRed } from './runtime/node-red.ts'

/** Node-RED's entry for the set `connection`: the type `forcewire-connection` and the roads of the dialogs. */
export function register(RED: NodeRed): void {
  registerConnectionNode(RED)
  registerAdminRoutes(RED)
}
