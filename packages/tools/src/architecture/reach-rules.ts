import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { packageOf } from './import-rules.ts'
import type { SourceTree } from './source-tree.ts'

/** Names that tie a module to one runtime or to the real time; the portable core gets them injected. */
const forbiddenInPortable = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'process',
  'require',
  'Date.now',
  'new Date()',
  'performance.now',
  'Math.random',
  'AbortSignal.timeout',
])

/** What can run when some modules are loaded. */
export interface Reach {
  /** Paths of our own modules. */
  readonly modules: ReadonlySet<string>
  /** `<module> -> <specifier>` of everything else. */
  readonly outside: readonly { readonly from: string; readonly specifier: string }[]
}

/**
 * Follows imports from some modules through our own packages, by their `forcewire-source` exports. Imports of types
 * are followed only on request: they load nothing.
 */
export function reachFrom(tree: SourceTree, entries: readonly string[], types = false): Reach {
  const modules = new Set<string>()
  const outside: { from: string; specifier: string }[] = []
  const waiting = [...entries]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (modules.has(path)) continue
    modules.add(path)
    for (const { specifier, typeOnly } of tree.modules.get(path)?.imports ?? []) {
      if (typeOnly && !types) continue
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : sourceOf(tree, specifier)
      if (target === undefined) outside.push({ from: path, specifier })
      else waiting.push(target)
    }
  }
  return { modules, outside }
}

/** Nothing that `@forcewire/core/portable` loads needs Node (but for crypto), undici, a global timer or the real clock. */
export function portableCoreTies(tree: SourceTree): string[] {
  const reach = reachFrom(tree, ['packages/core/src/portable.ts'])
  const broken = unportable(reach.outside)
  for (const path of reach.modules) {
    for (const name of tree.modules.get(path)?.uses.intersection(forbiddenInPortable) ?? []) {
      broken.push(`${path} uses ${name}; the portable core gets clock, random and transport injected`)
    }
  }
  return broken
}

/** Nothing that n8n loads needs undici or a Node built-in but crypto: n8n's rules for community packages. */
export function n8nTies(tree: SourceTree): string[] {
  return unportable(reachFrom(tree, modulesBelow(tree, ['nodes/', 'credentials/'])).outside)
}

/** Nothing that is published loads the emulator, except the emulator. */
export function shippedEmulator(tree: SourceTree): string[] {
  const shipped = ['packages/core/src/', 'packages/operations/src/', 'packages/node-red/src/', 'nodes/', 'credentials/']
  return [...reachFrom(tree, modulesBelow(tree, shipped)).modules]
    .filter((path) => path.startsWith('packages/emulator/'))
    .map((path) => `${path} is reached by something that ships`)
}

/** Every source of a library is reached from what its package exports or starts: there is no dead file. */
export function deadSources(tree: SourceTree): string[] {
  return ['core', 'operations', 'emulator'].flatMap((name) => {
    const folder = `packages/${name}/src/`
    const sources = modulesBelow(tree, [folder])
    const entries = sources.filter((path) => /^(?:index|portable|bin\/[^/]+)\.ts$/.test(path.slice(folder.length)))
    const alive = reachFrom(tree, entries, true).modules
    return sources.filter((path) => !alive.has(path)).map((path) => `${path} is reached from no entry of its package`)
  })
}

function unportable(outside: Reach['outside']): string[] {
  return outside
    .filter(
      ({ specifier }) =>
        packageOf(specifier) === 'undici' || (isBuiltin(specifier) && !/^(?:node:)?crypto$/.test(specifier)),
    )
    .map(
      ({ from, specifier }) => `${from} imports ${specifier}; this code must run without Node's own modules and undici`,
    )
}

function modulesBelow(tree: SourceTree, folders: readonly string[]): string[] {
  return [...tree.modules.keys()].filter((path) => folders.some((folder) => path.startsWith(folder)))
}

function sourceOf(tree: SourceTree, specifier: string): string | undefined {
  const name = packageOf(specifier)
  for (const [folder, manifest] of tree.manifests) {
    if (manifest.name !== name) continue
    const target = manifest.exports?.[`.${specifier.slice(name.length)}`]
    const source = typeof target === 'string' ? target : target?.['forcewire-source']
    return source === undefined ? undefined : posix.join(folder, source)
  }
  return undefined
}
