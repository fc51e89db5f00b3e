import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { publishedPackages, root } from '@forcewire/tools/repository'
import { runToEnd } from './process.ts'

/** A packed package. */
export interface Tarball {
  /** Absolute path of the `.tgz`. */
  readonly path: string
  readonly name: string
  readonly version: string
}

/**
 * Packs a built package as `npm publish` would and puts the tarball into `folder`. The package must have been built:
 * packing does not build, so that tests that run side by side never rebuild under each other.
 */
export async function pack(name: string, folder: string): Promise<Tarball> {
  const published = publishedPackages.find((candidate) => candidate.name === name)
  if (published === undefined) throw new Error(`No package of this repository is published as ${name}.`)
  const source = join(root, published.folder)
  if (!existsSync(join(source, 'dist'))) throw new Error(`${name} is not built yet; run \`npm run build\` first.`)
  const output = await runToEnd({
    name: `npm pack of ${name}`,
    command: 'npm',
    args: ['pack', '--json', '--ignore-scripts', '--pack-destination', folder],
    cwd: source,
  })
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as { version: string }
  return { path: join(folder, packedFile(output)), name, version: manifest.version }
}

/** Unpacks a tarball's package into `folder`, which must exist. */
export async function unpack(tarball: Tarball, folder: string): Promise<void> {
  await runToEnd({
    name: `tar of ${tarball.name}`,
    command: 'tar',
    args: ['-xzf', tarball.path, '-C', folder, '--strip-components=1'],
  })
}

/** Names the file that `npm pack --json` wrote. npm 11 lists packages, npm 12 keys them by name. */
function packedFile(output: string): string {
  const report = JSON.parse(output.slice(output.search(/[[{]/))) as PackReport[] | Record<string, PackReport>
  const first = Object.values(report)[0]
  if (first === undefined) throw new Error('npm pack reported no package.')
  // npm 10 and 11 report `@scope/name-1.0.0.tgz` and write `scope-name-1.0.0.tgz`.
  return first.filename.replace('@', '').replaceAll('/', '-')
}

interface PackReport {
  readonly filename: string
}
