import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './repository.ts'

const scanner = '@n8n/scan-community-package'
const version = '0.32.0'

interface Verdict {
  readonly passed: boolean
  readonly message?: string
  readonly details?: string
}

interface Scanner {
  analyzePackage(folder: string, patterns: readonly string[]): Promise<Verdict>
  readonly SOURCE_FILE_PATTERNS: readonly string[]
}

/**
 * Runs both legs of n8n's scanner for community packages: over the sources as in the repository, and over the packed
 * tarball as npm would serve it. What is left out is only the check of the npm provenance.
 */
async function scan(): Promise<boolean> {
  const { analyzePackage, SOURCE_FILE_PATTERNS } = await loadScanner()
  const work = await mkdtemp(join(tmpdir(), 'forcewire-scan-'))
  try {
    const legs = [
      { name: 'sources', verdict: await analyzePackage(root, SOURCE_FILE_PATTERNS) },
      { name: 'tarball', verdict: await analyzePackage(await unpackedTarball(work), ['**/*.js', 'package.json']) },
    ]
    for (const { name, verdict } of legs) {
      console.log(`n8n scanner ${version}, ${name}: ${verdict.passed ? 'no errors' : verdict.message}`)
      if (verdict.details !== undefined) console.log(verdict.details)
    }
    return legs.every(({ verdict }) => verdict.passed)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Kept out of the repository's own tree: it pins another ESLint and TypeScript, and one dependency asks for pnpm. */
async function loadScanner(): Promise<Scanner> {
  const cache = join(homedir(), '.cache/forcewire')
  const folder = join(cache, `scanner-${version}`)
  const entry = join(folder, 'node_modules', scanner, 'scanner/scanner.mjs')
  if (!existsSync(entry)) {
    console.log(`Installing ${scanner} ${version} into the cache...`)
    await mkdir(cache, { recursive: true })
    const fresh = await mkdtemp(join(cache, 'scanner-'))
    await writeFile(join(fresh, 'package.json'), '{ "private": true }\n')
    run(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${scanner}@${version}`],
      fresh,
    )
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  }
  return (await import(pathToFileURL(entry).href)) as Scanner
}

async function unpackedTarball(work: string): Promise<string> {
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', work], root)
  const tarball = (await readdir(work)).find((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no tarball.')
  run('tar', ['-xzf', tarball], work)
  return join(work, 'package')
}

function run(command: string, input: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(command, input, { cwd, encoding: 'utf8' })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ${input[0]} ended with ${status}: ${stderr.trim()}`)
}

if (!(await scan())) process.exitCode = 1
