import { clientCredentials, Salesforce } from '@forcewire/core'
import type { Emulator } from '@forcewire/emulator'
import { type Operation, type Row, settleParameters } from '@forcewire/operations'

/** A client of the emulator, as a programmer would make it. */
export function clientOf({ url, credentials: { clientId, clientSecret } }: Emulator): Salesforce {
  return new Salesforce({ auth: clientCredentials({ clientId, clientSecret, loginUrl: url }) })
}

/** Loads one row that Salesforce takes and one that it refuses, for the operations whose example needs a job. */
export async function exampleJob(salesforce: Salesforce): Promise<string> {
  const load = salesforce.bulk.ingest({ object: 'Account', operation: 'insert' }, [
    { Name: 'Example Job' },
    { Name: '' },
  ])
  const { jobs } = await load.run()
  const [job] = jobs
  if (job === undefined) throw new Error('The example load made no job.')
  return job.id
}

/** The parameters of an operation's example, with the placeholder of a job filled in. */
export function exampleParameters({ example }: Operation, ingestJobId: string): Record<string, unknown> {
  const filled = Object.entries(example.parameters).map(([name, value]) => [
    name,
    value === '{{ingestJobId}}' ? ingestJobId : value,
  ])
  return Object.fromEntries(filled)
}

/** Runs an operation's example with nothing between it and core: what every host must give too. */
export async function runThroughCore(
  operation: Operation,
  salesforce: Salesforce,
  ingestJobId: string,
): Promise<Row[]> {
  const parameters = settleParameters(operation, exampleParameters(operation, ingestJobId))
  return Array.fromAsync(operation.run({ salesforce }, parameters, operation.example.rows ?? []))
}
