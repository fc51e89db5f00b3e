import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runToEnd } from '../support/process.ts'

/**
 * Path of a Node of exactly this version. It is fetched once, as the npm package that carries Node for this system,
 * into the user's cache; several processes may ask at the same time.
 */
export async function nodeOfVersion(version: string): Promise<string> {
  const home = join(homedir(), '.cache/forcewire', `node-${version}`)
  const program = join('node_modules', carrier(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(join(home, program))) {
    const fetched = `${home}-${process.pid}`
    await mkdir(fetched, { recursive: true })
    await writeFile(join(fetched, 'package.json'), '{ "private": true }')
    await runToEnd({
      name: `npm install of Node ${version}`,
      command: 'npm',
      args: ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${carrier()}@${version}`],
      cwd: fetched,
    })
    // Whoever comes second finds the place taken by the same files.
    await rename(fetched, home).catch(() => rm(fetched, { recursive: true, force: true }))
  }
  return join(home, program)
}

function carrier(): string {
  const system = process.platform === 'win32' ? 'win' : process.platform
  return `node-${system}-${process.arch}`
}
