import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './repository.ts'

/**
 * The licences of the packages whose files went into a bundle, as one text.
 * @param inputs files of the bundle, relative to the repository, as esbuild's metafile lists them
 * @throws Error for a bundled package without a licence text: it could not be redistributed.
 */
export async function thirdPartyLicenses(inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []))
  const parts = await Promise.all([...folders].sort().map(licenseOf))
  return `${parts.join(`\n${'-'.repeat(80)}\n\n`)}`
}

async function licenseOf(folder: string): Promise<string> {
  const path = join(root, folder)
  const { name, version, license } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as {
    name: string
    version: string
    license: string
  }
  const file = (await readdir(path)).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`The bundled package ${name} has no licence text.`)
  return `${name} ${version} (${license})\n\n${(await readFile(join(path, file), 'utf8')).trim()}\n`
}
