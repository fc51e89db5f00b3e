#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander'
import { createEmulator, type Emulator } from '../index.ts'
import { readDescribes, readSchema } from './read-schema.ts'

interface Flags {
  readonly port: number
  readonly host: string
  readonly seed: 'demo' | 'empty'
  readonly data?: string
  readonly metadata?: string
  readonly latency: number
  readonly sessionSeconds: number
  readonly describe?: string
  readonly schema?: string
}

const command = new Command('forcewire-emulator')
  .description('A local Salesforce: OAuth, SOQL over SQLite and Bulk API 2.0, for development, demos and tests')
  .option('--port <port>', 'port to listen at, 0 for a free one', wholeNumber, 4080)
  .option('--host <address>', 'address to bind to', '127.0.0.1')
  .addOption(new Option('--seed <name>', 'records to start with').choices(['demo', 'empty']).default('demo'))
  .option('--data <file>', 'SQLite file that keeps the records (default: in memory)')
  .option('--metadata <file>', 'actions, Apex REST, approval processes and reports: a module or a JSON file')
  .option('--latency <milliseconds>', 'hold every answer back', wholeNumber, 0)
  .option('--session-seconds <seconds>', 'how long a session lives', wholeNumber, 7200)
  .option('--describe <folder>', 'folder of describes (*.json) of any org, each of which becomes an object')
  .option('--schema <file>', 'JSON file with custom objects and fields')
  .addHelpText('after', '\nPrints one line of JSON with the URL and the credentials, then serves until Ctrl-C.')

await main(command.parse().opts<Flags>())

async function main(flags: Flags): Promise<void> {
  const emulator = await start(flags)
  if (!emulator) return
  process.stdout.write(`${JSON.stringify({ url: emulator.url, ...emulator.credentials })}\n`)
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    void emulator.close()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

async function start(flags: Flags): Promise<Emulator | undefined> {
  try {
    const { describe, schema, ...options } = flags
    return await createEmulator({
      ...options,
      describes: describe === undefined ? undefined : readDescribes(describe),
      schema: schema === undefined ? undefined : readSchema(schema),
    })
  } catch (error) {
    process.stderr.write(`${explain(error, flags)}\n`)
    process.exitCode = 1
    return undefined
  }
}

function explain(error: unknown, { host, port, data }: Flags): string {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another process; choose another with --port, or --port 0 for a free one.`
    case 'EACCES':
      return `Port ${port} may not be opened by this user; choose one above 1023 with --port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}; choose one with --host, or leave it out for loopback.`
    case 'ERR_SQLITE_ERROR':
      return `${data} cannot be used as a database (${message}); name a SQLite file, or a new one, with --data.`
    default:
      return `The emulator could not start: ${message}`
  }
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
