import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pc from 'picocolors'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { bundleBudgets, bundleSize, overBudget } from './bundle-size.ts'
import { type PackedFile, strayFiles } from './packed-files.ts'
import { type PublishedPackage, publishedPackages, root } from './repository.ts'

const run = promisify(execFile)

/**
 * Most bytes that a package may have, packed and unpacked. A step over a ceiling is a decision, not an accident:
 * raise it in the commit that needs it and say why there.
 */
const ceilings: Readonly<Record<string, { packed: number; unpacked: number }>> = {
  '@forcewire/core': { packed: 265_000, unpacked: 950_000 },
  '@forcewire/emulator': { packed: 400_000, unpacked: 1_200_000 },
  '@forcewire/operations': { packed: 80_000, unpacked: 350_000 },
  'n8n-nodes-forcewire': { packed: 200_000, unpacked: 900_000 },
  '@forcewire/node-red-salesforce': { packed: 500_000, unpacked: 2_500_000 },
}

interface Packed {
  readonly filename: string
  readonly size: number
  readonly unpackedSize: number
  readonly files: readonly PackedFile[]
}

async function pack(item: PublishedPackage, into: string): Promise<Packed> {
  const args = ['pack', '--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', into]
  const { stdout } = await run('npm', args, { cwd: join(root, item.folder), maxBuffer: 64e6 })
  const report = Object.values(JSON.parse(stdout) as Record<string, Packed>)[0]
  if (report === undefined) throw new Error(`npm pack said nothing about ${item.name}`)
  return report
}

async function complaints(item: PublishedPackage, packed: Packed, tarball: string): Promise<string[]> {
  const ceiling = ceilings[item.name]
  if (ceiling === undefined) return ['has no byte ceiling']
  const found = strayFiles(packed.files)
  if (packed.size > ceiling.packed) found.push(`is ${packed.size} bytes packed; the ceiling is ${ceiling.packed}`)
  if (packed.unpackedSize > ceiling.unpacked) {
    found.push(`is ${packed.unpackedSize} bytes unpacked; the ceiling is ${ceiling.unpacked}`)
  }
  if (item.kind === 'library') found.push(...(await publintComplaints(tarball)), ...(await attwComplaints(tarball)))
  return found
}

async function publintComplaints(tarball: string): Promise<string[]> {
  const bytes = await readFile(tarball)
  const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true })
  return messages.map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`)
}

async function attwComplaints(tarball: string): Promise<string[]> {
  const manifest = createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: { attw: string } }
  const args = [join(dirname(manifest), bin.attw), tarball, '--profile', 'esm-only', '--no-color', '--no-emoji']
  try {
    await run(process.execPath, args, { maxBuffer: 64e6 })
    return []
  } catch (error) {
    return [`arethetypeswrong:\n${(error as { stdout?: string }).stdout ?? error}`]
  }
}

/** One line of the table, and below it what is wrong. */
function say(name: string, sizes: string, found: readonly string[]): void {
  console.log(`${found.length === 0 ? pc.green('ok') : pc.red('no')}  ${name}: ${sizes}`)
  for (const complaint of found) console.log(`    ${complaint}`)
  if (found.length > 0) process.exitCode = 1
}

const folder = await mkdtemp(join(tmpdir(), 'forcewire-check-'))
try {
  for (const item of publishedPackages) {
    const packed = await pack(item, folder)
    const file = packed.filename.replace('@', '').replaceAll('/', '-')
    const found = await complaints(item, packed, join(folder, file))
    say(item.name, `${packed.files.length} files, ${packed.size} bytes packed, ${packed.unpackedSize} unpacked`, found)
  }
  for (const item of bundleBudgets) {
    const size = await bundleSize(item.code)
    const complaint = overBudget(item, size)
    const sizes = `${size.initial} bytes minified and gzipped, ${size.lazy} more when needed`
    say(item.name, sizes, complaint === undefined ? [] : [complaint])
  }
} finally {
  await rm(folder, { recursive: true })
}
