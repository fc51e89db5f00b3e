import type { Salesforce } from '@forcewire/core/portable'
import type { ILoadOptionsFunctions } from 'n8n-workflow'
import { nodeClient } from './node-client.ts'
import { nodeError } from './node-errors.ts'

/** Does something with a client of its own, closed afterwards; errors come out as n8n shows them in the editor. */
export async function withClient<T>(
  context: ILoadOptionsFunctions,
  work: (salesforce: Salesforce) => Promise<T>,
): Promise<T> {
  const salesforce = nodeClient(context)
  try {
    return await work(salesforce)
  } catch (error) {
    throw nodeError(context.getNode(), error)
  } finally {
    await salesforce.close()
  }
}

/** The object chosen in the panel so far; empty while none is. */
export function chosenObject(context: ILoadOptionsFunctions): string {
  return String(context.getCurrentNodeParameter('object', { extractValue: true }) ?? '')
}
