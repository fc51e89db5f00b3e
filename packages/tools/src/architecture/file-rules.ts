import { posix } from 'node:path'
import type { SourceTree } from './source-tree.ts'

/** What may lie at the root: the eight fixed names, and what tools insist on finding there. */
const topLevel: ReadonlySet<string> = new Set([
  ...['packages', 'credentials', 'nodes', 'icons', 'test', 'package.json', 'tsconfig.json', 'README.md'],
  ...['package-lock.json', 'biome.json', 'eslint.config.mjs', 'LICENSE', 'CHANGELOG.md'],
  ...['.ci', '.github', '.gitignore', '.npmrc', '.editorconfig', '.gitattributes'],
])

const maximumLines = 400
const code = /\.(?:ts|mjs|js|html|css)$|^\.ci\//
const kebab = /^\.?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)*$/
const capitals = /^[A-Z_]+(?:\.md)?$/

/** Only the known names lie at the root. */
export function strayTopLevelNames(tree: SourceTree): string[] {
  const names = new Set([...tree.texts.keys()].map((path) => path.split('/')[0] ?? path))
  return [...names].filter((name) => !topLevel.has(name)).map((name) => `${name} has no place at the root`)
}

/** No file of code is longer than 400 lines. */
export function longFiles(tree: SourceTree): string[] {
  const broken: string[] = []
  for (const [path, text] of tree.texts) {
    const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
    if (code.test(path) && lines > maximumLines)
      broken.push(`${path} has ${lines} lines; ${maximumLines} are the limit`)
  }
  return broken
}

/** Folders and files in packages and tests are kebab-case; `nodes` and `credentials` follow n8n. */
export function namesNotInKebabCase(tree: SourceTree): string[] {
  return [...tree.texts.keys()]
    .filter((path) => path.startsWith('packages/') || path.startsWith('test/'))
    .filter((path) => path.split('/').some((part) => !kebab.test(part) && !capitals.test(part) && part !== 'en-US'))
    .map((path) => `${path} is not in kebab-case`)
}

/** A file has one subject and says it: no `utils.ts`, `helpers.ts`, `common.ts`, `misc.ts`. */
export function shapelessNames(tree: SourceTree): string[] {
  return [...tree.modules.keys()]
    .filter((path) => /^(?:utils?|helpers?|common|misc)\./.test(posix.basename(path)))
    .map((path) => `${path} does not say its subject`)
}

/** `index.ts` and barrels exist only as the entry of a package, or of the bundle that its editor loads. */
export function barrels(tree: SourceTree): string[] {
  const entries = /^packages\/[^/]+\/(?:src\/(?:index|portable)|editor\/main)\.ts$/
  return [...tree.modules.values()]
    .filter(({ path, isBarrel }) => isBarrel || posix.basename(path) === 'index.ts')
    .filter(({ path }) => !entries.test(path))
    .map(({ path }) => `${path} is a barrel; only a package's own entry may be one`)
}

/** Named exports only. Lint configuration and the entry files that Node-RED loads must have a default export. */
export function defaultExports(tree: SourceTree): string[] {
  const entries = nodeRedEntries(tree)
  return [...tree.modules.values()]
    .filter(({ path, hasDefaultExport }) => hasDefaultExport && path !== 'eslint.config.mjs' && !entries.has(path))
    .map(({ path }) => `${path} has a default export`)
}

function nodeRedEntries(tree: SourceTree): Set<string> {
  const manifest = tree.texts.get('packages/node-red/package.json') ?? '{}'
  const nodes = (JSON.parse(manifest) as { 'node-red'?: { nodes?: Record<string, string> } })['node-red']?.nodes ?? {}
  const entries = Object.values(nodes).map((path) => posix.basename(path, '.js'))
  return new Set(
    entries.flatMap((name) => [`packages/node-red/src/${name}.ts`, `packages/node-red/src/nodes/${name}.ts`]),
  )
}

/** Nothing names a folder of the machine it was written on, or a registry's host. */
export function machinePaths(tree: SourceTree): string[] {
  const machine = /(?<![\w.~*})\]/-])\/(?:work|root)\/|\bregistry\.[a-z0-9-]+\.[a-z]+/
  const broken: string[] = []
  for (const [path, text] of tree.texts) {
    text.split('\n').forEach((line, index) => {
      const found = machine.exec(line)
      if (found !== null) broken.push(`${path}:${index + 1} names ${found[0]}`)
    })
  }
  return broken
}
