import { cp, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack } from '../support/pack.ts'
import { runToEnd } from '../support/process.ts'

const sources = fileURLToPath(new URL('consumer/', import.meta.url))
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')

/** A project outside the repository, with our tarballs installed into it as a user would install them. */
export interface ConsumerProject {
  readonly folder: string
  /** Absolute path of an installed command. */
  command(name: string): string
}

/** Packs the given packages and installs them together into a new project in `folder`. */
export async function consumerProject(folder: string, names: readonly string[]): Promise<ConsumerProject> {
  const tarballs = join(folder, 'tarballs')
  const project = join(folder, 'project')
  await Promise.all([mkdir(tarballs), mkdir(project)])
  const packed = await Promise.all(names.map((name) => pack(name, tarballs)))
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  await runToEnd({
    name: 'npm install of our tarballs',
    command: 'npm',
    args: ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packed.map((tarball) => tarball.path)],
    cwd: project,
  })
  return { folder: project, command: (name) => join(project, 'node_modules/.bin', name) }
}

/**
 * Compiles `consumer/*.ts` against the installed packages, checking their declarations too, and leaves the JavaScript
 * in the project's `dist`.
 */
export async function compileConsumer(project: ConsumerProject): Promise<void> {
  const types = join(createRequire(import.meta.url).resolve('@types/node/package.json'), '../..')
  const options = {
    target: 'es2022',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    strict: true,
    skipLibCheck: false,
    rootDir: 'src',
    outDir: 'dist',
    typeRoots: [types],
    types: ['node'],
  }
  await mkdir(join(project.folder, 'src'))
  await cp(sources, join(project.folder, 'src'), { recursive: true })
  await writeFile(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['src'] }))
  await runToEnd({ name: 'tsc against our packed declarations', args: [tsc, '-p', project.folder] })
}
