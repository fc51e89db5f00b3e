import type { Operation, Row } from '@forcewire/operations'
import { typed } from '../hosts/node-red/flow-around.ts'
import type { NodeRedSession } from '../hosts/node-red/node-red-session.ts'
import { clientOf, exampleJob, exampleParameters } from './core-examples.ts'

/** Runs an operation's example in a real Node-RED: parameters in the node, rows in the payload of one message. */
export async function runThroughNodeRed(operation: Operation, session: NodeRedSession): Promise<Row[]> {
  await session.emulator.reset()
  const salesforce = clientOf(session.emulator)
  const job = await exampleJob(salesforce)
  await salesforce.close()
  const [resource] = operation.id.split('.')
  await session.deployNode({
    type: `forcewire-${resource}`,
    operation: operation.id,
    parameters: typed(exampleParameters(operation, job)),
    failedRows: 'output',
  })
  const rows = operation.example.rows ?? []
  const { payload, error } = await session.send(operation.rows === 'one' ? rows[0] : rows)
  if (error !== undefined) throw new Error(error.message)
  // An operation with one result puts it into the payload as it is.
  return Array.isArray(payload) ? payload : [payload as Row]
}
