import { setFlagsFromString } from 'node:v8'
import { RecordError } from '../errors.ts'
import { createEmulator, type Emulator, type EmulatorOptions, InvalidOption } from '../index.ts'
import { type Flags, readFlags } from './flags.ts'
import { readDescribes, readSchema, readSeed, readUsers, UnreadableFile } from './read-files.ts'

/** Exit codes: what was asked for makes no sense, or the system did not let it happen. */
const MISUSE = 2
const FAILURE = 1

/** Errors about what was asked for. */
const MISUSES = [UnreadableFile, InvalidOption, RecordError]

const flags = readFlags(process.argv)
const emulator = await start(flags)
if (emulator) {
  // V8 enlarges the heap for young objects the longer a process works, by a hundred megabytes, whatever is kept of them.
  setFlagsFromString('--semi-space-growth-factor=1')
  process.stdout.write(`${JSON.stringify({ url: emulator.url, ...emulator.credentials })}\n`)
  process.stderr.write(`Open ${emulator.url} in a browser to see what it does; Ctrl-C stops it.\n`)
  stopOnSignals(emulator)
}

async function start(flags: Flags): Promise<Emulator | undefined> {
  try {
    return await createEmulator(optionsOf(flags))
  } catch (error) {
    process.stderr.write(`${explain(error, flags)}\n`)
    process.exitCode = MISUSES.some((misuse) => error instanceof misuse) ? MISUSE : FAILURE
    return undefined
  }
}

function optionsOf({ fault, seed, describe, schema, users, ...options }: Flags): EmulatorOptions {
  return {
    ...options,
    faults: fault,
    seed: seed === 'demo' || seed === 'empty' ? seed : readSeed(seed),
    describes: describe === undefined ? undefined : readDescribes(describe),
    schema: schema === undefined ? undefined : readSchema(schema),
    users: users === undefined ? undefined : readUsers(users),
  }
}

/** The first signal lets running jobs come to a stop and the database close; a second one does not wait for that. */
function stopOnSignals(emulator: Emulator): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(FAILURE)
      stopping = true
      void emulator.close()
    })
  }
}

function explain(error: unknown, { host, port, data, seed, schema, metadata }: Flags): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (error instanceof UnreadableFile) return message
  if (error instanceof InvalidOption) {
    const file = { schema, metadata }[error.option]
    return `${file === undefined || message.startsWith(file) ? '' : `${file}: `}${message.replace(/\.?$/, '.')}`
  }
  if (error instanceof RecordError) return `${seed} has a record that the org refuses: ${message}`
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another process; choose another with --port, or --port 0 for a free one.`
    case 'EACCES':
      return `Port ${port} may not be opened by this user; choose one above 1023 with --port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}; choose one with --host, or leave it out for loopback.`
    case 'EBUSY':
      return `${data} is in use by another emulator or program; stop that one, or choose another file with --data.`
    case 'ERR_SQLITE_ERROR':
      return `${data} cannot be used as a database (${message}); name a SQLite file, or a new one, with --data.`
    default:
      return `The emulator could not start: ${message}`
  }
}
