import { spawn } from 'node:child_process'
import { chmod, readFile, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { filesBelow } from './build-stamp.ts'
import { bundleLibrary } from './bundle-library.ts'

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

/**
 * Compiles one library to `dist` as its `tsconfig.json` says: ES modules and declarations, one file per module, or
 * declarations alone (`emitDeclarationOnly`); then its modules are bundled. Leftovers of deleted sources are removed
 * first, so that they are never packed, and commands are made executable.
 * @param folder absolute path of the package
 * @throws Error with the compiler's own report when the sources do not compile
 */
export async function buildLibrary(folder: string): Promise<void> {
  await removeLeftovers(folder)
  const { status, output } = await run(['-b', folder, '--pretty', 'false'])
  if (status !== 0) {
    // The compiler remembers its complaints and would repeat them after a change of options.
    await rm(join(folder, 'dist/.tsbuildinfo'), { force: true })
    throw new Error(`tsc -b ${relative(process.cwd(), folder)} failed:\n${output}`)
  }
  if (await isBundled(folder)) await bundleLibrary(folder)
  for (const command of await commandsOf(folder)) await chmod(join(folder, command), 0o755)
}

/** Paths, relative to `dist`, of outputs whose source is gone. Exported for its test. */
export function leftovers(outputs: readonly string[], sources: readonly string[]): string[] {
  const modules = new Set(sources.map((source) => source.replace(/\.ts$/, '')))
  return outputs.filter((output) => {
    const module = /^(.*?)\.(?:d\.ts|js)(?:\.map)?$/.exec(output)?.[1]
    return module !== undefined && !modules.has(module)
  })
}

async function removeLeftovers(folder: string): Promise<void> {
  const below = async (path: string): Promise<string[]> => (await filesBelow(path)).map((file) => relative(path, file))
  const dist = join(folder, 'dist')
  for (const file of leftovers(await below(dist), await below(join(folder, 'src')))) await rm(join(dist, file))
  // Without an output tsc -b would trust its own notes and write nothing.
  const compiled = await stat(join(dist, 'index.d.ts')).catch(() => undefined)
  if (compiled === undefined) await rm(join(dist, '.tsbuildinfo'), { force: true })
}

async function isBundled(folder: string): Promise<boolean> {
  const { compilerOptions } = JSON.parse(await readFile(join(folder, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: { emitDeclarationOnly?: boolean }
  }
  return compilerOptions.emitDeclarationOnly === true
}

async function commandsOf(folder: string): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { bin?: Record<string, string> }
  return Object.values(manifest.bin ?? {})
}

function run(args: readonly string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [tsc, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
  })
}
