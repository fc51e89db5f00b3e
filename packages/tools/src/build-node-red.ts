import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type OutputFile, transform } from 'esbuild'
import { dialogHtml } from './generate-node-red/dialog.ts'
import { helpHtml } from './generate-node-red/help.ts'
import { localeTexts, type Texts } from './generate-node-red/locale.ts'
import { editorCatalogue, nodeDefinitions } from './generate-node-red/node-definition.ts'
import { registerTypeScript } from './generate-node-red/register-type.ts'
import { root } from './repository.ts'
import { thirdPartyLicenses } from './third-party-licenses.ts'

const home = new URL('../../node-red/', import.meta.url)
const dist = new URL('dist/', home)
const resources = new URL('resources/', home)

/** Sets whose HTML is written by hand, since no operation describes them. */
const handWritten = ['connection', 'bulk-trigger'] as const

/**
 * Builds the Node-RED package: CommonJS bundles with one shared chunk, the dialogs' code for the browser, and from the
 * catalogue the HTML, the help and the texts of each node. Everything lands in `dist/` and `resources/`.
 */
export async function buildNodeRed(): Promise<void> {
  await Promise.all([dist, resources].map((folder) => rm(folder, { recursive: true, force: true })))
  await Promise.all([dist, resources].map((folder) => mkdir(folder, { recursive: true })))
  await Promise.all([
    bundleRuntime(),
    bundleEditor(),
    writePages(),
    cp(new URL('icons/', home), new URL('icons/', dist), { recursive: true }),
  ])
}

/**
 * Node-RED loads each set by `require` and Node 22.9 cannot require ES modules, so the output is CommonJS. esbuild
 * splits ES modules only: hence two steps. Without the split every set would carry its own copy of undici.
 */
async function bundleRuntime(): Promise<void> {
  const sets = Object.keys(JSON.parse(await readFile(new URL('package.json', home), 'utf8'))['node-red'].nodes)
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: sets.map((set) => path(`src/${set}.ts`)),
    outdir: fileURLToPath(dist),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.9',
    conditions: ['forcewire-source'],
    chunkNames: 'shared/[name]-[hash]',
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
  })
  await Promise.all(outputFiles.map((file) => writeCommonJs(file, sets)))
  await writeFile(new URL('package.json', dist), '{ "type": "commonjs" }\n')
  await writeFile(new URL('THIRD_PARTY_LICENSES', dist), await thirdPartyLicenses(Object.keys(metafile.inputs)))
}

async function writeCommonJs({ path: file, text }: OutputFile, sets: readonly string[]): Promise<void> {
  const isEntry = sets.some((set) => file === fileURLToPath(new URL(`${set}.js`, dist)))
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node22.9',
    // A chunk that is loaded late is CommonJS too, so it is required, not imported.
    supported: { 'dynamic-import': false },
    ...(isEntry ? { footer: 'module.exports = module.exports.register;' } : {}),
  })
  await mkdir(new URL('.', `file://${file}`), { recursive: true })
  await writeFile(file, code)
}

async function bundleEditor(): Promise<void> {
  await build({
    entryPoints: [path('editor/main.ts')],
    outfile: fileURLToPath(new URL('editor.js', resources)),
    bundle: true,
    format: 'iife',
    globalName: 'forcewire',
    platform: 'browser',
    target: 'es2022',
    define: { FORCEWIRE_CATALOGUE: JSON.stringify(editorCatalogue()) },
    logLevel: 'warning',
  })
  await cp(new URL('editor/editor.css', home), new URL('editor.css', resources))
}

async function writePages(): Promise<void> {
  const shared = JSON.parse(await readFile(new URL('locales/en-US/shared.json', home), 'utf8')) as Texts
  const locale = new URL('locales/en-US/', dist)
  await mkdir(locale, { recursive: true })
  for (const set of handWritten) {
    await cp(new URL(`editor/${set}.html`, home), new URL(`${set}.html`, dist))
    await writeJson(new URL(`${set}.json`, locale), shared)
  }
  for (const definition of nodeDefinitions()) {
    const page = [registerTypeScript, dialogHtml, helpHtml].map((part) => part(definition)).join('\n\n')
    await writeFile(new URL(`${definition.set}.html`, dist), `${page}\n`)
    await writeJson(new URL(`${definition.set}.json`, locale), localeTexts(definition, shared))
  }
}

function path(file: string): string {
  return fileURLToPath(new URL(file, home))
}

function writeJson(file: URL, value: unknown): Promise<void> {
  return writeFile(file, `${JSON.stringify(value, undefined, 2)}\n`)
}

if (import.meta.main) await buildNodeRed()
