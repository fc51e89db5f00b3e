import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder under the system's temporary directory; `await using` removes it with all it holds. */
export interface TemporaryFolder extends AsyncDisposable {
  /** Absolute, symbolic links resolved. */
  readonly path: string
}

/** Makes a temporary folder. `purpose` becomes part of its name: `forcewire-<purpose>-x7Yk2p`. */
export async function temporaryFolder(purpose: string): Promise<TemporaryFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `forcewire-${purpose}-`)))
  return {
    path,
    // A process that was just killed may still be closing files: rm retries for a while.
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  }
}
