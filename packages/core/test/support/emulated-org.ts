import { after } from 'node:test'
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

/**
 * The same for bulk jobs and all tests of a file, after which both end. The look at a job does its work, so that no test
 * depends on how many looks there are.
 */
export async function emulatedLoads(): Promise<EmulatedOrg> {
  const org = await emulatedOrg()
  org.emulator.pace.set({ reads: 1 })
  after(() => org[Symbol.asyncDispose]())
  return org
}
