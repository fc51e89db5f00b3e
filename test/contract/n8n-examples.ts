import type { Emulator } from '@forcewire/emulator'
import type { Operation, Row } from '@forcewire/operations'
import { actionNode, clientCredentials, items } from '../hosts/n8n/setup.ts'
import { exampleParameters } from './core-examples.ts'

/** Runs an operation's example as n8n does: parameters in the node, rows as items. */
export async function runThroughN8n(operation: Operation, emulator: Emulator, ingestJobId: string): Promise<Row[]> {
  const node = actionNode(operation.id, exampleParameters(operation, ingestJobId), {
    credentials: [clientCredentials(emulator)],
    items: items(...(operation.example.rows ?? [{}])),
  })
  const [output = []] = await node.execute()
  return output.map(({ json }) => json)
}
