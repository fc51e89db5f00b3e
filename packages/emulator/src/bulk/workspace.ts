import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folder of an org's bulk jobs, made when first needed. */
export class Workspace {
  readonly #home: string | undefined
  #made: string | undefined

  /** @param home folder that keeps the files; a temporary one, removed by {@link Workspace.close}, when absent. */
  constructor(home?: string) {
    this.#home = home
  }

  /** Path of the folder. */
  get path(): string {
    this.#made ??= this.#make()
    return this.#made
  }

  /** Removes the folder where it is a temporary one. */
  close(): void {
    if (this.#home === undefined && this.#made !== undefined) rmSync(this.#made, { recursive: true, force: true })
    this.#made = undefined
  }

  #make(): string {
    if (this.#home === undefined) return mkdtempSync(join(tmpdir(), 'forcewire-emulator-'))
    mkdirSync(this.#home, { recursive: true })
    return this.#home
  }
}
