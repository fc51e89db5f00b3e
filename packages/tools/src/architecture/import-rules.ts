import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { isTest, type Room, roomOf } from './rooms.ts'
import type { SourceTree } from './source-tree.ts'

/** `@scope/name/sub/path` -> `@scope/name`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

const isRelative = (specifier: string): boolean => specifier.startsWith('.')
const isOurs = (specifier: string): boolean => specifier.startsWith('@forcewire/')

/** Relative imports stay inside their room; other rooms are reached by package name (tests and tools reach the hosts by path). */
export function relativeImportsLeaveTheirRoom(tree: SourceTree): string[] {
  return eachImport(tree, (path, specifier, room) => {
    if (!isRelative(specifier)) return undefined
    const target = roomOf(posix.join(posix.dirname(path), specifier))
    if (target === room || (target !== undefined && room.byPath?.includes(target.name))) return undefined
    return `imports ${specifier}; another room is reached by its package name`
  })
}

/** Relative imports name an existing file, with its extension. */
export function relativeImportsWithoutFile(tree: SourceTree): string[] {
  return eachImport(tree, (path, specifier) => {
    if (!isRelative(specifier) || tree.texts.has(posix.join(posix.dirname(path), specifier))) return undefined
    return `imports ${specifier}, and there is no such file`
  })
}

/** Packages of ours are imported along the arrows of the design only. */
export function arrowsAgainstTheDesign(tree: SourceTree): string[] {
  return eachImport(tree, (path, specifier, room) => {
    if (!isOurs(specifier) || (isTest(path) && packageOf(specifier) === tree.manifests.get(room.manifest)?.name))
      return undefined
    const allowed = isTest(path) ? [...room.ours, ...(room.oursInTests ?? [])] : room.ours
    if (allowed.some((pattern) => matches(specifier, pattern))) return undefined
    return `imports ${specifier}; ${room.name} may import ${allowed.join(', ') || 'nothing of ours'}`
  })
}

/** Sources use only the outside packages that the design grants their room. */
export function packagesAgainstTheDesign(tree: SourceTree): string[] {
  return eachImport(tree, (path, specifier, room) => {
    if (isRelative(specifier) || isOurs(specifier) || isBuiltin(specifier)) return undefined
    if (room.packages === undefined || isTest(path) || room.packages.includes(packageOf(specifier))) return undefined
    return `imports ${specifier}; ${room.name} may use ${room.packages.join(', ') || 'no outside package'}`
  })
}

/**
 * Every imported package is declared by the room's own manifest: sources of a published package by its dependencies
 * (hosts are bundled, theirs are devDependencies), tests by its devDependencies or by the root's.
 */
export function undeclaredImports(tree: SourceTree): string[] {
  const root = Object.keys(tree.manifests.get('.')?.devDependencies ?? {})
  return eachImport(tree, (path, specifier, room) => {
    if (isRelative(specifier) || isBuiltin(specifier)) return undefined
    const name = packageOf(specifier)
    const manifest = tree.manifests.get(room.manifest)
    const strict = ['core', 'operations', 'emulator'].includes(room.name) && !isTest(path)
    const declared = new Set([
      ...Object.keys(manifest?.dependencies ?? {}),
      ...Object.keys(manifest?.peerDependencies ?? {}),
      ...(strict ? [] : [...Object.keys(manifest?.devDependencies ?? {}), ...root]),
    ])
    if (declared.has(name) || manifest?.name === name) return undefined
    return `imports ${name}, which ${room.manifest}/package.json does not declare`
  })
}

/** Published libraries declare no dependency that their sources do not import. */
export function unusedDependencies(tree: SourceTree): string[] {
  const unused: string[] = []
  for (const folder of ['packages/core', 'packages/operations', 'packages/emulator']) {
    const imported = new Set<string>()
    for (const [path, module] of tree.modules) {
      if (path.startsWith(`${folder}/src/`))
        for (const { specifier } of module.imports) imported.add(packageOf(specifier))
    }
    for (const name of Object.keys(tree.manifests.get(folder)?.dependencies ?? {})) {
      if (!imported.has(name)) unused.push(`${folder}/package.json declares ${name}, which its sources do not import`)
    }
  }
  return unused
}

function eachImport(
  tree: SourceTree,
  check: (path: string, specifier: string, room: Room) => string | undefined,
): string[] {
  const broken: string[] = []
  for (const [path, module] of tree.modules) {
    const room = roomOf(path)
    if (room === undefined) continue
    for (const { specifier } of module.imports) {
      const complaint = check(path, specifier, room)
      if (complaint !== undefined) broken.push(`${path} ${complaint}`)
    }
  }
  return broken
}

function matches(specifier: string, pattern: string): boolean {
  return pattern.endsWith('/*') ? specifier.startsWith(pattern.slice(0, -1)) : specifier === pattern
}
