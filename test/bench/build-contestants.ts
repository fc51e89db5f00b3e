import { globSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const out = fileURLToPath(new URL('out/contestants/', import.meta.url))

/**
 * Makes JavaScript of the contestants, as which their users run them too: to strip the types would cost each process
 * about 20 MB. Gives the folder, in which they lie as here.
 */
export async function buildContestants(): Promise<string> {
  await build({
    entryPoints: globSync(['contestant.ts', 'cases/*/*.ts'], {
      cwd: here,
      exclude: ['cases/emulator', 'cases/*/case.ts'],
    }).map((file) => here + file),
    outdir: out,
    outbase: here,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node22',
  })
  return out
}
