import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The temporary folder of one server's bulk jobs, made when first needed. */
export class Workspace {
  #made: Promise<string> | undefined

  /** Path of the folder. */
  async path(): Promise<string> {
    this.#made ??= mkdtemp(join(tmpdir(), 'forcewire-emulator-'))
    return await this.#made
  }

  /** Removes the folder with everything in it. */
  async remove(): Promise<void> {
    if (this.#made === undefined) return
    await rm(await this.#made, { recursive: true, force: true })
    this.#made = undefined
  }
}
