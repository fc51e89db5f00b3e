import { join } from 'node:path'
import { type Child, runToEnd, startChild } from '../support/process.ts'
import type { ConsumerProject } from './consumer-project.ts'

/** What `consumer/round-trip.ts` prints. */
export interface RoundTrip {
  readonly processed: number
  readonly failedRows: number
  readonly failed: readonly string[]
  readonly names: readonly string[]
  readonly byOperation: readonly string[]
}

/** What every round trip must come to: two good rows, and a third that lacks its name. */
export const expectedRoundTrip: RoundTrip = {
  processed: 3,
  failedRows: 1,
  failed: ['REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --'],
  names: ['Packed "one", Ltd', 'Packed two'],
  byOperation: ['Packed "one", Ltd'],
}

/**
 * Starts the installed emulator's own command and runs the compiled consumer against it.
 * @param nodes paths of the Node that each side runs under
 */
export async function roundTrip(
  project: ConsumerProject,
  nodes: { client: string; emulator: string },
): Promise<RoundTrip> {
  const emulator: Child = startChild({
    name: 'The packed emulator',
    command: nodes.emulator,
    args: [project.command('forcewire-emulator'), '--port', '0', '--seed', 'empty'],
  })
  try {
    const line = await emulator.ready(() =>
      emulator
        .log()
        .split('\n')
        .find((text) => text.startsWith('{')),
    )
    const { url, clientId, clientSecret } = JSON.parse(line) as Record<string, string>
    const output = await runToEnd({
      name: 'The consumer',
      command: nodes.client,
      args: [join(project.folder, 'dist/round-trip.js')],
      cwd: project.folder,
      env: { FORCEWIRE_URL: url, FORCEWIRE_CLIENT_ID: clientId, FORCEWIRE_CLIENT_SECRET: clientSecret },
    })
    return JSON.parse(output) as RoundTrip
  } finally {
    await emulator.stop()
  }
}
