import { clientCredentials, Salesforce } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { findOperation, type Row, settleParameters } from '@forcewire/operations'

/** A local org and a client of it, closed together. */
export interface Org extends AsyncDisposable {
  readonly emulator: Emulator
  readonly salesforce: Salesforce
  /** Runs an operation of the catalogue as a host does. */
  run(id: string, parameters: Readonly<Record<string, unknown>>, rows?: readonly Row[]): Promise<Row[]>
}

/** Starts a seeded org; `now` replaces the emulator's clock. */
export async function openOrg(now?: () => number): Promise<Org> {
  const emulator = await createEmulator({ seed: 'demo', ...(now === undefined ? {} : { clock: { now } }) })
  const { clientId, clientSecret } = emulator.credentials
  const salesforce = new Salesforce({ auth: clientCredentials({ clientId, clientSecret, loginUrl: emulator.url }) })
  return {
    emulator,
    salesforce,
    run(id, parameters, rows = []) {
      const operation = findOperation(id)
      return Array.fromAsync(operation.run({ salesforce }, settleParameters(operation, parameters), rows))
    },
    async [Symbol.asyncDispose]() {
      await salesforce.close()
      await emulator.close()
    },
  }
}
