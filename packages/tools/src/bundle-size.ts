import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './repository.ts'

/** What importing something costs a program that is bundled, minified and gzipped. */
export interface BundleSize {
  /** Bytes that are loaded at once. */
  readonly initial: number
  /** Bytes of the chunks that are loaded when something first needs them: jose, the XML parser. */
  readonly lazy: number
}

/** A program of one import, and the most bytes that it may load at once. */
export interface BundleBudget {
  readonly name: string
  readonly code: string
  readonly budget: number
}

/**
 * A step over a budget is a decision, not an accident: raise it in the commit that needs it and say why there.
 * undici is not counted: it is the transport that a program on Node has chosen.
 */
export const bundleBudgets: readonly BundleBudget[] = [
  {
    name: 'Salesforce of the portable entry',
    code: "export { Salesforce } from '@forcewire/core/portable'",
    budget: 71_500,
  },
  { name: 'Salesforce of the main entry', code: "export { Salesforce } from '@forcewire/core'", budget: 73_200 },
]

/**
 * Bundles a program as users' bundlers would.
 *
 * @param code - An ES module.
 * @param folder - Where its imports are looked up. Default: this repository, whose packages must be built.
 */
export async function bundleSize(code: string, folder: string = root): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: folder,
    stdin: { contents: code, resolveDir: folder, sourcefile: 'program.js' },
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: ['undici'],
    metafile: true,
    write: false,
    logLevel: 'error',
  })
  const sizes = new Map(outputFiles.map(({ path, contents }) => [path, gzipSync(contents).byteLength]))
  const sizeOf = (output: string): number =>
    sizes.get([...sizes.keys()].find((path) => path.endsWith(output)) ?? '') ?? 0
  const atOnce = new Set<string>()
  const waiting = Object.keys(metafile.outputs).filter(
    (output) => metafile.outputs[output]?.entryPoint === 'program.js',
  )
  for (let output = waiting.pop(); output !== undefined; output = waiting.pop()) {
    if (atOnce.has(output)) continue
    atOnce.add(output)
    for (const { path, kind, external } of metafile.outputs[output]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) waiting.push(path)
    }
  }
  const initial = [...atOnce].reduce((total, output) => total + sizeOf(output), 0)
  const all = [...sizes.values()].reduce((total, size) => total + size, 0)
  return { initial, lazy: all - initial }
}

/** What is wrong with a size; undefined when nothing is. */
export function overBudget({ name, budget }: BundleBudget, { initial }: BundleSize): string | undefined {
  if (initial <= budget) return undefined
  return `${name} is ${initial} bytes minified and gzipped, ${initial - budget} over its budget of ${budget}`
}
