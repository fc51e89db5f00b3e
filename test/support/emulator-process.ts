import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '@forcewire/tools/repository'
import { type Child, startNode } from './process.ts'

/** The demo org's ways in, as the emulator's CLI prints them. */
export interface EmulatorCredentials {
  readonly username: string
  readonly password: string
  readonly securityToken: string
  readonly clientId: string
  readonly clientSecret: string
  /** PEM; signs for the demo JWT app. */
  readonly privateKey: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly redirectUri: string
}

/** The emulator as a process of its own. */
export interface EmulatorProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string
  readonly credentials: EmulatorCredentials
  readonly child: Child
}

/**
 * Starts the built emulator's CLI on a free loopback port.
 *
 * @param options.data SQLite file of the records; in memory by default. Temporary files lie beside it, so that whoever
 *   removes its folder removes what a killed emulator left.
 */
export async function startEmulatorProcess(
  options: { seed?: 'demo' | 'empty'; data?: string; signal?: AbortSignal } = {},
): Promise<EmulatorProcess> {
  const { seed = 'demo', data, signal } = options
  const program = join(root, 'packages/emulator/dist/bin/emulator.js')
  if (!existsSync(program)) throw new Error('The emulator is not built yet; run `npm run build` first.')
  const child = startNode({
    name: 'The Salesforce emulator',
    args: [program, '--port', '0', '--seed', seed, ...(data === undefined ? [] : ['--data', data])],
    // Its scratch files lie beside its data, so that they go with that folder even when it is killed.
    ...(data === undefined ? {} : { env: { TMPDIR: dirname(data), TEMP: dirname(data) } }),
  })
  try {
    const { url, ...credentials } = await child.ready(
      () => greeting(child.log()),
      signal === undefined ? {} : { signal },
    )
    return {
      url,
      credentials,
      child,
      [Symbol.asyncDispose]: () => child.stop(),
    }
  } catch (error) {
    await child.stop()
    throw error
  }
}

/** Finds the one line of JSON that says the emulator is up. */
function greeting(log: string): (EmulatorCredentials & { url: string }) | undefined {
  const line = log.split('\n').find((line) => line.startsWith('{"'))
  if (line === undefined) return undefined
  const parsed = JSON.parse(line) as EmulatorCredentials & { url?: string }
  return parsed.url === undefined ? undefined : { ...parsed, url: parsed.url.replace(/\/$/, '') }
}
