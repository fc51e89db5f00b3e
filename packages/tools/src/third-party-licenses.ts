import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './repository.ts'

/** What a package says of its own licence. */
interface Manifest {
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly author?: string | { readonly name?: string }
}

/**
 * The licences of the packages whose files went into a bundle, as one text.
 * @param inputs files of the bundle, relative to the repository, as esbuild's metafile lists them
 * @throws Error for a bundled package that says nothing about its licence: it could not be redistributed.
 */
export async function thirdPartyLicenses(inputs: readonly string[]): Promise<string> {
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []))
  const parts = await Promise.all([...folders].sort().map(licenseOf))
  return parts.join(`\n${'-'.repeat(80)}\n\n`)
}

async function licenseOf(folder: string): Promise<string> {
  const path = join(root, folder)
  const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Manifest
  if (manifest.license === undefined) throw new Error(`The bundled package ${manifest.name} names no licence.`)
  const file = (await readdir(path)).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file === undefined ? notice(manifest) : await readFile(join(path, file), 'utf8')
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${text.trim()}\n`
}

/** For packages that name a licence and their author but ship no text of it. */
function notice({ author, license }: Manifest): string {
  const name = typeof author === 'object' ? author.name : author
  return `Copyright (c) ${name ?? 'its authors'}. Licensed under ${license}; the package ships no licence text.`
}
