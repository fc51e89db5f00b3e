import { readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build } from 'esbuild'
import { filesBelow } from './build-stamp.ts'

interface LibraryManifest {
  readonly exports: Readonly<
    Record<string, string | { readonly 'forcewire-source'?: string; readonly default: string }>
  >
  readonly bin?: Readonly<Record<string, string>>
}

/**
 * Writes the modules of a library to `dist` in as few files as its entries need: what two entries share is there once,
 * and what is imported when first needed stays apart. A program starts twice as fast as with a file for each module.
 * Names and lines stay readable, for stack traces. The declarations are the compiler's business.
 *
 * @param folder - Absolute path of the package; its manifest says which entries and commands there are.
 * @throws Error of esbuild when a module is missing.
 */
export async function bundleLibrary(folder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as LibraryManifest
  const dist = join(folder, 'dist')
  for (const file of await filesBelow(dist)) if (/\.js(?:\.map)?$/.test(file)) await rm(file)
  await build({
    absWorkingDir: folder,
    entryPoints: entriesOf(manifest),
    outdir: dist,
    outbase: 'src',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    packages: 'external',
    logLevel: 'error',
  })
}

/** The sources of a library's entries and commands, below its folder: `src/index.ts`. */
function entriesOf({ exports, bin = {} }: LibraryManifest): string[] {
  const entries = Object.values(exports).map((entry) =>
    typeof entry === 'string' ? undefined : entry['forcewire-source'],
  )
  const commands = Object.values(bin).map((path) => join('src', relative('dist', path)).replace(/\.js$/, '.ts'))
  return [...entries.filter((entry) => entry !== undefined), ...commands]
}
