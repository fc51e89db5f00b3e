import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { LONGEST_DELAY } from '../check-options.ts'
import type { Fault } from '../faults/fault.ts'
import { parseFault } from '../faults/fault-text.ts'

/** What the command line asks for. */
export interface Flags {
  readonly port: number
  readonly host: string
  /** `demo`, `empty` or the path of a file. */
  readonly seed: string
  readonly data?: string
  readonly users?: string
  readonly describe?: string
  readonly schema?: string
  readonly metadata?: string
  readonly fault?: readonly Fault[]
  readonly apiLimit?: number
  readonly latency: number
  readonly sessionSeconds: number
}

const AFTER = `
Prints one line of JSON with the URL and the credentials on stdout, everything else on stderr, and serves until
Ctrl-C. In a browser the URL shows requests, jobs and records, and runs SOQL. Ends with 0 after Ctrl-C or SIGTERM,
with 2 where an option or a file makes no sense, with 1 where it cannot start.

Faults: [METHOD] path effect...
  effects   a status (503), an ERROR_CODE, reset, expire-session, delay=ms, truncate=bytes, header:value
            ending=drop|whole|silence is what follows a truncated body
  when      x3 (three times; once is usual), always, skip=2 (not to the first two), probability=0.1
            after (the work is done, the answer meets the fault)
  message=Too+busy is the text beside the code; a path between slashes (/\\/jobs\\/ingest$/) is a pattern

Examples:
  forcewire-emulator --port 0 --seed empty
  forcewire-emulator --data org.sqlite --seed records.json --users users.json
  forcewire-emulator --describe describes/ --schema custom.json --metadata metadata.ts
  forcewire-emulator --fault "POST /jobs/ingest 503 SERVER_UNAVAILABLE x2 retry-after:5" --fault "/query reset skip=3"
  forcewire-emulator --api-limit 1000 --latency 80`

/** Reads a command line; one that makes no sense ends the process with 2 and a sentence, `--help` with 0. */
export function readFlags(argv: readonly string[]): Flags {
  const command = new Command('forcewire-emulator')
    .description('A local Salesforce: OAuth, SOQL over SQLite and Bulk API 2.0, for development, demos and tests')
    .version(version())
    .option('--port <port>', 'port to listen at, 0 for a free one', port, 4080)
    .option('--host <address>', 'address to bind to', text, '127.0.0.1')
    .option('--seed <what>', 'records to start with: demo, empty, or a JSON file of your own', 'demo')
    .option(
      '--data <file>',
      'SQLite file that keeps the records; not seeded when it has some (default: a temporary one)',
      text,
    )
    .option('--users <file>', 'JSON list of users that can log in: [{"username", "password", "securityToken"?, ...}]')
    .option('--describe <folder>', 'folder of describes (*.json) of any org, each of which becomes an object')
    .option('--schema <file>', 'JSON file with custom objects and fields')
    .option('--metadata <file>', 'actions, Apex REST, approval processes, list views and more: a module or a JSON file')
    .option('--fault <fault>', 'a misfortune to happen to requests, see below; may be given several times', addFault)
    .option('--api-limit <calls>', 'calls in 24 hours before REQUEST_LIMIT_EXCEEDED (default: 100000)', wholeNumber)
    .option('--latency <milliseconds>', 'hold every answer back', latency, 0)
    .option('--session-seconds <seconds>', 'how long a session lives', seconds, 7200)
    .addHelpText('after', AFTER)
    .exitOverride()
  try {
    return command.parse(argv).opts<Flags>()
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    process.exit(error.exitCode === 0 ? 0 : 2)
  }
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}

function port(text: string): number {
  const number = wholeNumber(text)
  if (number > 65_535) throw new InvalidArgumentError('It must be a whole number up to 65535.')
  return number
}

function latency(text: string): number {
  const number = wholeNumber(text)
  if (number > LONGEST_DELAY) throw new InvalidArgumentError(`It must be a whole number up to ${LONGEST_DELAY}.`)
  return number
}

function seconds(text: string): number {
  const number = wholeNumber(text)
  if (number === 0) throw new InvalidArgumentError('It must be a whole number from 1 up.')
  return number
}

function text(given: string): string {
  if (given.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return given
}

function addFault(text: string, before: readonly Fault[] = []): readonly Fault[] {
  try {
    return [...before, parseFault(text)]
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`)
  }
}
