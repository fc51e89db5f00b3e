import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { freePort } from './free-port.ts'
import type { N8nInstallation } from './n8n-install.ts'
import { type Tarball, unpack } from './pack.ts'
import { runToEnd } from './process.ts'

/** A user folder of n8n with our package in it, and the environment that makes n8n use it. */
export interface N8nHome {
  readonly installation: N8nInstallation
  readonly folder: string
  /** Where our package is installed. */
  readonly packageFolder: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * Fills an empty folder as n8n's user folder, with the packed package installed where n8n puts community packages.
 *
 * @param options.readable the folder that the Read Files node may read
 */
export async function prepareN8nHome(options: {
  installation: N8nInstallation
  folder: string
  tarball: Tarball
  readable: string
}): Promise<N8nHome> {
  const { installation, folder, tarball, readable } = options
  const nodes = join(folder, '.n8n', 'nodes')
  const packageFolder = join(nodes, 'node_modules', tarball.name)
  await mkdir(packageFolder, { recursive: true })
  await unpack(tarball, packageFolder)
  const manifest = { name: 'installed-nodes', private: true, dependencies: { [tarball.name]: tarball.version } }
  await writeFile(join(nodes, 'package.json'), JSON.stringify(manifest))
  return {
    installation,
    folder,
    packageFolder,
    env: {
      PATH: [dirname(installation.node), process.env.PATH].join(delimiter),
      N8N_USER_FOLDER: folder,
      N8N_ENCRYPTION_KEY: 'a key of this temporary folder',
      N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
      N8N_RESTRICT_FILE_ACCESS_TO: readable,
      N8N_HOST: '127.0.0.1',
      N8N_LISTEN_ADDRESS: '127.0.0.1',
      N8N_SECURE_COOKIE: 'false',
      N8N_DIAGNOSTICS_ENABLED: 'false',
      N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
      N8N_TEMPLATES_ENABLED: 'false',
      N8N_PERSONALIZATION_ENABLED: 'false',
      N8N_HIRING_BANNER_ENABLED: 'false',
      N8N_DYNAMIC_BANNERS_ENABLED: 'false',
      N8N_VERIFIED_PACKAGES_ENABLED: 'false',
      N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
      // These modules call n8n's servers.
      N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,mcp',
      NO_COLOR: '1',
    },
  }
}

/**
 * Reads an example that ships in the installed package.
 *
 * @param example its name without `.json`
 * @param replacements texts of the example, such as the path of a file, and what stands there here
 */
export async function readExample(
  home: N8nHome,
  example: string,
  replacements: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  let text = await readFile(join(home.packageFolder, 'dist', 'examples', `${example}.json`), 'utf8')
  for (const [shipped, here] of Object.entries(replacements)) {
    if (!text.includes(shipped)) throw new Error(`The example ${example} does not mention ${shipped} any more.`)
    text = text.replaceAll(shipped, JSON.stringify(here).slice(1, -1))
  }
  return JSON.parse(text) as unknown
}

/** Runs one command of n8n's command line to its end and gives its stdout. */
export async function n8nCommand(home: N8nHome, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return await runToEnd({
    name: `n8n ${args[0]}`,
    command: home.installation.node,
    args: [home.installation.program, ...args],
    cwd: home.folder,
    // A command that runs workflows opens a broker of its own, beside that of a running n8n.
    env: { ...home.env, N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
    ...(signal === undefined ? {} : { signal }),
  })
}

/** Imports credentials, which n8n encrypts, through a file that is gone with the home. */
export async function importCredentials(
  home: N8nHome,
  credentials: readonly object[],
  signal?: AbortSignal,
): Promise<void> {
  await importFile(home, 'credentials', credentials, signal)
}

/** Imports workflows, inactive. */
export async function importWorkflows(
  home: N8nHome,
  workflows: readonly object[],
  signal?: AbortSignal,
): Promise<void> {
  await importFile(home, 'workflow', workflows, signal)
}

async function importFile(
  home: N8nHome,
  kind: 'credentials' | 'workflow',
  content: readonly object[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = join(home.folder, `${kind}.json`)
  await writeFile(file, JSON.stringify(content), { mode: 0o600 })
  await n8nCommand(home, [`import:${kind}`, `--input=${file}`], signal)
}
