import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Emulator } from '@forcewire/emulator'
import { cachedPackage } from '../support/cached-package.ts'
import { runToEnd } from '../support/process.ts'

/** Salesforce's own command line, as it was seen working. */
const SF_VERSION = '2.150.6'

/** The `sf` CLI with a home of its own, logged in to an emulator. */
export interface SfCli {
  /** Folder in which its commands run. */
  readonly folder: string
  /** Runs a command and gives what it writes. */
  run(...args: readonly string[]): Promise<string>
  /** Runs a command with `--json` and gives its `result`. */
  // biome-ignore lint/suspicious/noExplicitAny: every command has a result of its own
  result(...args: readonly string[]): Promise<any>
}

/**
 * Installs the CLI into `~/.cache/forcewire` where it is not there yet (some 730 packages, 300 MB, one to two minutes, none of
 * their install scripts) and logs it in with the emulator's access token.
 *
 * @param folder where it keeps its login and its files
 */
export async function sfCli(emulator: Emulator, folder: string): Promise<SfCli> {
  const program = join(await cachedPackage('@salesforce/cli', SF_VERSION), 'bin/run.js')
  const home = join(folder, 'home')
  await mkdir(home)
  const env = {
    HOME: home,
    USERPROFILE: home,
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_ACCESS_TOKEN: emulator.credentials.accessToken,
    SF_TARGET_ORG: ALIAS,
    NO_COLOR: '1',
  }
  const run = (...args: readonly string[]): Promise<string> =>
    runToEnd({ name: `sf ${args.slice(0, 3).join(' ')}`, args: [program, ...args], cwd: folder, env })
  await run('org', 'login', 'access-token', '--instance-url', emulator.url, '--no-prompt', '--alias', ALIAS)
  return {
    folder,
    run,
    result: async (...args) => JSON.parse(await run(...args, '--json')).result,
  }
}

const ALIAS = 'emulator'
