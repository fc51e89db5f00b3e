import { posix } from 'node:path'
import type { SourceTree } from './source-tree.ts'

/** All packages carry one version, and name exactly that version of each other. */
export function versionsThatDisagree(tree: SourceTree): string[] {
  const version = tree.manifests.get('.')?.version
  const ours = new Set([...tree.manifests.values()].map((manifest) => manifest.name))
  const broken: string[] = []
  for (const [folder, manifest] of tree.manifests) {
    const file = posix.join(folder, 'package.json')
    if (manifest.version !== version) broken.push(`${file} is at ${manifest.version}, the root at ${version}`)
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (ours.has(name) && range !== version)
        broken.push(`${file} asks for ${name} ${range}, the root is at ${version}`)
    }
  }
  return broken
}

/** A package that several manifests ask for is asked for with one range. */
export function rangesThatDisagree(tree: SourceTree): string[] {
  const ranges = new Map<string, Map<string, string>>()
  for (const [folder, manifest] of tree.manifests) {
    for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      const known = ranges.get(name) ?? new Map<string, string>()
      ranges.set(name, known.set(range, folder))
    }
  }
  return [...ranges]
    .filter(([, known]) => known.size > 1)
    .map(
      ([name, known]) =>
        `${name} is asked for as ${[...known].map(([range, folder]) => `${range} in ${folder}`).join(', ')}`,
    )
}

/** Every dependency has a line (of a list or a table) in the README of the package that brings it, which says why. */
export function unexplainedDependencies(tree: SourceTree): string[] {
  const broken: string[] = []
  for (const [folder, manifest] of tree.manifests) {
    const readme = tree.texts.get(posix.join(folder, 'README.md')) ?? ''
    const lines = readme.split('\n').filter((line) => /^\s*[|*-]/.test(line))
    const named = new Set(lines.flatMap((line) => line.split(/[^\w@./-]+/)))
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      if (!named.has(name)) {
        broken.push(`${folder}/README.md does not say why the package needs ${name}`)
      }
    }
  }
  return broken
}

/** Published packages have a README and a CHANGELOG. */
export function missingPapers(tree: SourceTree): string[] {
  const broken: string[] = []
  for (const [folder, manifest] of tree.manifests) {
    for (const paper of manifest.private === true ? ['README.md'] : ['README.md', 'CHANGELOG.md']) {
      if (!tree.texts.has(posix.join(folder, paper))) broken.push(`${folder} has no ${paper}`)
    }
  }
  return broken
}

/** n8n refuses runtime dependencies and `overrides` in a community package. */
export function whatN8nRefuses(tree: SourceTree): string[] {
  const manifest = (tree.manifests.get('.') ?? {}) as Record<string, unknown>
  return ['dependencies', 'optionalDependencies', 'bundledDependencies', 'overrides']
    .filter((section) => manifest[section] !== undefined)
    .map((section) => `package.json has ${section}`)
}
