import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runToEnd } from './process.ts'

/**
 * Folder of a package of exactly this version with all that it needs, installed once into the user's cache without
 * its install scripts. Several processes may ask at the same time.
 */
export async function cachedPackage(name: string, version: string): Promise<string> {
  const home = join(homedir(), '.cache/forcewire', `${name}-${version}`)
  const folder = join('node_modules', name)
  if (!existsSync(join(home, folder))) {
    const fetched = `${home}-${process.pid}`
    await mkdir(fetched, { recursive: true })
    await writeFile(join(fetched, 'package.json'), '{ "private": true }')
    await runToEnd({
      name: `npm install of ${name} ${version}`,
      command: 'npm',
      args: ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
      cwd: fetched,
    })
    // Whoever comes second finds the place taken by the same files.
    await rename(fetched, home).catch(() => rm(fetched, { recursive: true, force: true }))
  }
  return join(home, folder)
}
