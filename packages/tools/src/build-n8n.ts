import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type Metafile, transform } from 'esbuild'
import { root } from './repository.ts'
import { thirdPartyLicenses } from './third-party-licenses.ts'

const dist = join(root, 'dist')

/** The node and credential files together must stay below this, so that a heavy dependency is noticed when it comes in. */
const ceiling = 600_000

/**
 * Bundles the n8n package into `dist`: a small file for each node and credential, and chunks in `dist/shared` that they
 * have in common, so that n8n loads core and the catalogue once. Nothing but `n8n-workflow` is left to be resolved at
 * run time. The code is not minified, since reviewers read it.
 */
export async function buildN8n(): Promise<void> {
  await rm(dist, { recursive: true, force: true })
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: await entryPoints(),
    outdir: 'dist',
    outbase: '.',
    bundle: true,
    splitting: true,
    chunkNames: 'shared/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['n8n-workflow'],
    conditions: ['forcewire-source'],
    metafile: true,
    write: false,
    logLevel: 'error',
  })
  assertContents(metafile)
  for (const { path, text } of outputFiles) {
    // esbuild splits ES modules only, and n8n loads its packages by `require`.
    const { code } = await transform(text, { format: 'cjs', platform: 'node', target: 'node20' })
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, code)
  }
  await copyAssets()
  await writeFile(join(dist, 'package.json'), `${JSON.stringify({ type: 'commonjs' })}\n`)
  await writeFile(join(dist, 'THIRD_PARTY_LICENSES'), await thirdPartyLicenses(Object.keys(metafile.inputs)))
}

interface N8nManifest {
  readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] }
}

/** The sources of the files that the manifest promises to n8n. */
async function entryPoints(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as N8nManifest
  return [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((file) =>
    file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
  )
}

/** n8n owns the network, so undici must not come in; and what stays a `require` must be there in every n8n. */
function assertContents({ inputs, outputs }: Metafile): void {
  const undici = Object.keys(inputs).find((file) => /node_modules\/undici\//.test(file))
  if (undici !== undefined) throw new Error(`undici must not be part of the n8n package, but ${undici} is.`)
  for (const [file, { imports, bytes }] of Object.entries(outputs)) {
    const foreign = imports.find(({ path, external }) => external && !['n8n-workflow', 'node:crypto'].includes(path))
    if (foreign !== undefined) throw new Error(`${file} would need "${foreign.path}" at run time; bundle it.`)
    if (bytes > ceiling) throw new Error(`${file} has ${bytes} bytes, more than the ceiling of ${ceiling}.`)
  }
}

/** Icons, codex files and examples, which n8n reads beside the code. */
async function copyAssets(): Promise<void> {
  await cp(join(root, 'icons'), join(dist, 'icons'), { recursive: true })
  for (const entry of await readdir(join(root, 'nodes'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.json')) continue
    const source = join(entry.parentPath, entry.name)
    const example = entry.parentPath.endsWith('examples')
    const target = example ? join(dist, 'examples', entry.name) : join(dist, relative(root, source))
    await mkdir(dirname(target), { recursive: true })
    await copyFile(source, target)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildN8n()
