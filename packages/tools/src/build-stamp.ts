import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'

/** What a finished build looked like: from which bytes it was made, and what it left behind. */
export interface BuildStamp {
  /** Hash over names and contents of the inputs. */
  readonly inputs: string
  /** Hash over names, sizes and times of the outputs: notices a deleted or edited file. */
  readonly outputs: string
}

/** Lists the files below `path` (or `path` itself when it is a file), sorted; nothing when it does not exist. */
export async function filesBelow(path: string): Promise<string[]> {
  const entry = await stat(path).catch(() => undefined)
  if (entry === undefined) return []
  if (entry.isFile()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()
}

/**
 * Makes the stamp of a package as it lies on disk now. Inputs that lie inside an output are left out.
 * @param base folder that `inputs` and `outputs` are relative to
 */
export async function stampOf(
  base: string,
  inputs: readonly string[],
  outputs: readonly string[],
): Promise<BuildStamp> {
  const read = createHash('sha256').update(process.version)
  const isOutput = (file: string): boolean => outputs.some((output) => file.startsWith(join(base, output, sep)))
  for (const input of inputs) {
    for (const file of await filesBelow(join(base, input))) {
      if (!isOutput(file)) read.update(`\0${file}\0`).update(await readFile(file))
    }
  }
  const written = createHash('sha256')
  for (const output of outputs) {
    for (const file of await filesBelow(join(base, output))) {
      const { size, mtimeMs } = await stat(file)
      written.update(`\0${file}\0${size}\0${mtimeMs}`)
    }
  }
  return { inputs: read.digest('hex'), outputs: written.digest('hex') }
}

/** Total size in bytes of the files below the given outputs. */
export async function sizeOf(base: string, outputs: readonly string[]): Promise<number> {
  let bytes = 0
  for (const output of outputs) {
    for (const file of await filesBelow(join(base, output))) bytes += (await stat(file)).size
  }
  return bytes
}

/** The stamps of the last builds, kept in one small file that may be deleted at any time. */
export class BuildStamps {
  readonly #file: string
  #stamps: Record<string, BuildStamp> = {}

  constructor(file: string) {
    this.#file = file
  }

  /** Reads the file; a missing or broken one means that nothing was built yet. */
  async load(): Promise<void> {
    try {
      this.#stamps = JSON.parse(await readFile(this.#file, 'utf8')) as Record<string, BuildStamp>
    } catch {
      this.#stamps = {}
    }
  }

  /** True when the last build of `name` read and left exactly what lies on disk now. */
  matches(name: string, stamp: BuildStamp): boolean {
    const last = this.#stamps[name]
    return last?.inputs === stamp.inputs && last.outputs === stamp.outputs
  }

  /** Remembers a finished build until `save` writes it down. */
  record(name: string, stamp: BuildStamp): void {
    this.#stamps[name] = stamp
  }

  async save(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true })
    await writeFile(this.#file, `${JSON.stringify(this.#stamps, undefined, 2)}\n`)
  }
}
