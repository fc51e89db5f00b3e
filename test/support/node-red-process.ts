import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import type { Tarball } from './pack.ts'
import { type Child, runToEnd, startNode } from './process.ts'

/** How a Node-RED is set up. */
export interface NodeRedOptions {
  /** An empty folder that becomes the user directory. */
  readonly userDir: string
  /** Packed packages to install there, as a user's palette manager would. */
  readonly tarballs: readonly Tarball[]
  /** Seen by flows as `${NAME}`. */
  readonly env?: Readonly<Record<string, string>>
  /** Added to settings.js, as JSON: `{ adminAuth: ... }`. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Path of its `red.js`. Default: the Node-RED that npm ci has brought. */
  readonly program?: string
  /** Path of the Node that runs it. Default: the one that runs this. */
  readonly node?: string
  readonly signal?: AbortSignal
}

/** A Node-RED as a process of its own. */
export interface NodeRedProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: the editor and the admin API. */
  readonly url: string
  readonly child: Child
}

/** Installs packed packages into a user directory. They have no dependencies, so the registry is not asked. */
export async function installIntoUserDir(userDir: string, tarballs: readonly Tarball[]): Promise<void> {
  await mkdir(userDir, { recursive: true })
  const manifest = { name: 'node-red-user', private: true, version: '0.0.0' }
  await writeFile(join(userDir, 'package.json'), JSON.stringify(manifest))
  await runToEnd({
    name: 'npm install into the Node-RED user directory',
    command: 'npm',
    args: [
      'install',
      '--omit=dev',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      '--ignore-scripts',
      ...tarballs.map(({ path }) => path),
    ],
    cwd: userDir,
  })
}

/** Installs the packages, starts Node-RED on a free loopback port and waits until its admin API answers. */
export async function startNodeRed(options: NodeRedOptions): Promise<NodeRedProcess> {
  await installIntoUserDir(options.userDir, options.tarballs)
  const port = await freePort()
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    credentialSecret: 'a key of this temporary user directory',
    editorTheme: { tours: false },
    telemetry: { enabled: false, updateNotification: false },
    ...options.settings,
  }
  const settingsFile = join(options.userDir, 'settings.js')
  await writeFile(settingsFile, `module.exports = ${JSON.stringify(settings, undefined, 2)}\n`)
  const program = options.program ?? createRequire(import.meta.url).resolve('node-red/red.js')
  const child = startNode({
    name: 'Node-RED',
    args: [program, '--userDir', options.userDir, '--settings', settingsFile],
    cwd: options.userDir,
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.node === undefined ? {} : { command: options.node }),
  })
  const url = `http://127.0.0.1:${port}`
  try {
    await child.ready(() => answers(url), options.signal === undefined ? {} : { signal: options.signal })
  } catch (error) {
    await child.stop()
    throw error
  }
  return { url, child, [Symbol.asyncDispose]: () => child.stop() }
}

/** Any answer will do: with adminAuth the settings are refused, but the runtime is up. */
async function answers(url: string): Promise<true | undefined> {
  const response = await fetch(`${url}/settings`)
  await response.body?.cancel()
  return response.status === 200 || response.status === 401 ? true : undefined
}
