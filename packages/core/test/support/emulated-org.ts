import { clientCredentials, Salesforce } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'

/** A client that is logged in to an emulator of its own. */
export interface EmulatedOrg extends AsyncDisposable {
  readonly emulator: Emulator
  readonly salesforce: Salesforce
}

/** Starts an emulator without records; `await using` ends both. */
export async function emulatedOrg(): Promise<EmulatedOrg> {
  const emulator = await createEmulator({ seed: 'empty' })
  const salesforce = new Salesforce({ auth: clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }) })
  return {
    emulator,
    salesforce,
    async [Symbol.asyncDispose]() {
      await salesforce.close()
      await emulator.close()
    },
  }
}
