import { explain } from '@forcewire/operations'
import type { AdminRequest, AdminResponse, NodeRed } from '../runtime/node-red.ts'
import type { ConnectionNode } from './connection-node.ts'
import { testConnection } from './test-connection.ts'

/**
 * The roads that the editor's dialogs use. Each asks for a permission, takes secrets in a body only and answers with
 * nothing but names and counts.
 *
 * - `POST /forcewire/connections/test`: signs in with unsaved values
 * - `GET /forcewire/connections/:id/objects`, `GET /forcewire/connections/:id/objects/:object/fields`: names for lists
 */
export function registerAdminRoutes(RED: NodeRed): void {
  const read = RED.auth.needsPermission('forcewire-connection.read')
  const write = RED.auth.needsPermission('forcewire-connection.write')

  RED.httpAdmin.post('/forcewire/connections/test', write, (request, response) => {
    answer(response, () => testConnection(RED, request.body))
  })
  RED.httpAdmin.get('/forcewire/connections/:id/objects', read, (request, response) => {
    withConnection(RED, request, response, (connection) => connection.describes.objects())
  })
  RED.httpAdmin.get('/forcewire/connections/:id/objects/:object/fields', read, (request, response) => {
    withConnection(RED, request, response, (connection) => connection.describes.fields(request.params.object ?? ''))
  })
}

function withConnection(
  RED: NodeRed,
  request: AdminRequest,
  response: AdminResponse,
  load: (connection: ConnectionNode) => Promise<unknown>,
): void {
  const node = RED.nodes.getNode(request.params.id ?? '') as Partial<ConnectionNode> | null | undefined
  if (node?.describes === undefined) {
    response.status(404).json({ message: 'Deploy this connection first; until then, type the name.' })
    return
  }
  answer(response, () => load(node as ConnectionNode))
}

function answer(response: AdminResponse, load: () => Promise<unknown>): void {
  load().then(
    (body) => response.json(body),
    (error: unknown) => {
      const { message, description, code } = explain(error)
      response.status(502).json({ message, description, code })
    },
  )
}
