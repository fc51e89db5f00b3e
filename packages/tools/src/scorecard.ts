import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './repository.ts'

const scorer = 'node-red-dev'
const version = '0.1.6'

/** One check of the card; besides `test` it holds what was found. */
interface Check {
  readonly test: boolean
  readonly [fact: string]: unknown
}

/** The checks of the card that must be there: a card without N01 and N02 could not read the nodes' pages. */
const expected = ['P01', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'N01', 'N02', 'D01', 'D02', 'D03']

/**
 * Runs the flow library's own scorecard over the packed package, unpacked, without the network, and prints its card.
 * @returns whether every check is green and none is missing
 */
async function score(): Promise<boolean> {
  const program = await installScorer()
  const work = await mkdtemp(join(tmpdir(), 'forcewire-scorecard-'))
  try {
    const card = await runScorer(program, await unpackedTarball(work), join(work, 'card.json'))
    for (const name of expected) {
      const { test = false, ...facts } = card[name] ?? {}
      console.log(`${name} ${test ? 'ok' : `FAILED ${JSON.stringify(facts)}`}`)
    }
    const green = expected.filter((name) => card[name]?.test === true).length
    console.log(`${scorer} ${version}: ${green} of ${expected.length} green`)
    return green === expected.length
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** An old tool with old dependencies: it lives in the cache, not in the repository's own tree. */
async function installScorer(): Promise<string> {
  const cache = join(homedir(), '.cache/forcewire')
  const folder = join(cache, `${scorer}-${version}`)
  const program = join(folder, 'node_modules', scorer, 'bin/run')
  if (!existsSync(program)) {
    console.log(`Installing ${scorer} ${version} into the cache...`)
    await mkdir(cache, { recursive: true })
    const fresh = await mkdtemp(join(cache, 'scorecard-'))
    await writeFile(join(fresh, 'package.json'), '{ "private": true }\n')
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    run('npm', ['install', ...quiet, `${scorer}@${version}`], fresh)
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  }
  return program
}

async function unpackedTarball(work: string): Promise<string> {
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', work], join(root, 'packages/node-red'))
  const tarball = (await readdir(work)).find((file) => file.endsWith('.tgz'))
  if (tarball === undefined) throw new Error('npm pack made no tarball.')
  run('tar', ['-xzf', tarball], work)
  return join(work, 'package')
}

/** The tool ends with 0 whatever it finds, so only the card it writes counts. */
async function runScorer(program: string, folder: string, card: string): Promise<Readonly<Record<string, Check>>> {
  const stub = fileURLToPath(new URL('scorecard-offline.cjs', import.meta.url))
  run(process.execPath, ['--require', stub, program, 'validate', '-p', folder, '-o', card], folder)
  return JSON.parse(await readFile(card, 'utf8')) as Record<string, Check>
}

function run(command: string, input: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(command, input, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error !== undefined) throw error
  if (status !== 0) throw new Error(`${command} ${input[0]} ended with ${status}: ${stderr.trim() || stdout.trim()}`)
}

if (!(await score())) process.exitCode = 1
