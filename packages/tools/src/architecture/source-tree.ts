import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Module, readModule } from './module.ts'

/** What the rules need of a `package.json`. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** The repository as the architecture rules see it: texts by path (below the root, with `/`), nothing else. */
export interface SourceTree {
  /** Texts of all files that are text. */
  readonly texts: ReadonlyMap<string, string>
  /** Facts about each TypeScript and JavaScript module. */
  readonly modules: ReadonlyMap<string, Module>
  /** Manifests by their folder; the root's is `.`. */
  readonly manifests: ReadonlyMap<string, Manifest>
}

const textual = /(?:\.(?:ts|mts|mjs|cjs|js|json|md|html|css|svg|ya?ml|sh|txt|csv)|(?:^|\/)(?:LICENSE|run|\.[a-z]+))$/

/** Makes a tree of given texts. */
export function sourceTree(texts: Readonly<Record<string, string>>): SourceTree {
  const modules = new Map<string, Module>()
  const manifests = new Map<string, Manifest>()
  for (const [path, text] of Object.entries(texts)) {
    if (/\.(?:ts|mjs)$/.test(path)) modules.set(path, readModule(path, text))
    const folder = /^(?:(packages\/[^/]+|test)\/)?package\.json$/.exec(path)
    if (folder !== null) manifests.set(folder[1] ?? '.', JSON.parse(text) as Manifest)
  }
  return { texts: new Map(Object.entries(texts)), modules, manifests }
}

/** Reads every file that git tracks or would track. */
export function readSourceTree(root: string): SourceTree {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64e6 }).split('\0')
  const texts: Record<string, string> = {}
  for (const path of paths) {
    const file = join(root, path)
    if (textual.test(path) && existsSync(file) && statSync(file).isFile()) texts[path] = readFileSync(file, 'utf8')
  }
  return sourceTree(texts)
}
