import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** How much of a child's output is kept for error messages, in characters. */
const LOG_LIMIT = 100_000

/** Time between two looks of a ready-probe, in milliseconds. */
const PROBE_INTERVAL = 100

/** What to start and how. */
export interface ChildOptions {
  /** For sentences: `Node-RED`, `the Salesforce emulator`. */
  readonly name: string
  /** The program; the running Node by default. */
  readonly command?: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** Added to this process's environment; `undefined` takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Time between SIGTERM and SIGKILL on `stop`, in milliseconds. Default 10,000. */
  readonly patience?: number
}

/** How a child ended. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A child process in a process group of its own, so that a Ctrl-C in the terminal reaches only its parent. */
export interface Child extends AsyncDisposable {
  readonly name: string
  readonly pid: number
  /** Settles when the process has ended and its output is read; never rejects. */
  readonly exited: Promise<Exit>
  /** stdout and stderr together, as far as kept. */
  log(): string
  /** Calls back for each line of stdout and stderr that comes from now on. */
  onLine(listener: (line: string) => void): void
  /**
   * Waits until the probe answers something else than `undefined`; a probe that throws is asked again. Rejects with
   * one sentence and the end of the log when the child ends first or the time (default 120,000 ms) is over.
   */
  ready<T>(
    probe: () => Promise<T | undefined> | T | undefined,
    options?: { timeout?: number; signal?: AbortSignal },
  ): Promise<T>
  /** SIGTERM, and SIGKILL to the whole group when that was not enough. Settles when the process is gone. */
  stop(): Promise<void>
}

/** Runs under the Node that runs this process, so one Node version serves all, and ends when this process does. */
export function startNode(options: ChildOptions): Child {
  const lifeline = new URL('die-with-parent.mjs', import.meta.url).href
  const env = { ...options.env, FORCEWIRE_LIFELINE: String(process.pid) }
  return startChild({ ...options, env, args: ['--import', lifeline, ...options.args] })
}

/** Starts a program. Its output is kept, not shown. */
export function startChild(options: ChildOptions): Child {
  const { name, command = process.execPath, patience = 10_000 } = options
  const spawnOptions: SpawnOptions = {
    cwd: options.cwd,
    // NODE_TEST_CONTEXT would make a child believe that it is a test file.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  }
  const child: ChildProcess = spawn(command, options.args, spawnOptions)
  let log = ''
  const listeners = new Set<(line: string) => void>()
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => {
      log = `${log}${line}\n`.slice(-LOG_LIMIT)
      for (const listener of listeners) listener(line)
    })
  }
  // The lifeline's own end says nothing that `close` does not say.
  child.stdio[3]?.on('error', () => {})
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      log += `${error.message}\n`
      resolve({ code: null, signal: null })
    })
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
  let ended = false
  void exited.then(() => {
    ended = true
  })
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      // Nobody is left in the group.
    }
  }
  const stop = async (): Promise<void> => {
    if (!ended) child.kill('SIGTERM')
    const timer = setTimeout(signalGroup, patience, 'SIGKILL')
    await exited
    clearTimeout(timer)
    signalGroup('SIGKILL')
  }
  return {
    name,
    pid: child.pid ?? 0,
    exited,
    log: () => log,
    onLine: (listener) => void listeners.add(listener),
    async ready(probe, { timeout = 120_000, signal } = {}) {
      const deadline = Date.now() + timeout
      for (;;) {
        signal?.throwIfAborted()
        const answer = await attempt(probe)
        if (answer !== undefined) return answer
        if (ended) throw new Error(`${name} ended (${describeExit(await exited)}) before it was ready:\n${tail(log)}`)
        if (Date.now() > deadline) throw new Error(`${name} was not ready after ${timeout / 1000} s:\n${tail(log)}`)
        await Promise.race([sleep(PROBE_INTERVAL), exited])
      }
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Runs a program to its end and gives its stdout. Rejects with one sentence and the end of its output when it fails. */
export async function runToEnd(options: ChildOptions & { readonly signal?: AbortSignal }): Promise<string> {
  const { name, command = process.execPath, args, cwd, env, signal } = options
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  })
  let output = ''
  let log = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    log = (log + text).slice(-LOG_LIMIT)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LOG_LIMIT)
  })
  const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  if (code !== 0) throw new Error(`${name} failed (${describeExit({ code, signal: killedBy })}):\n${tail(log)}`)
  return output
}

/** `exit code 1`, `killed by SIGKILL`. */
export function describeExit(exit: Exit): string {
  if (exit.signal !== null) return `killed by ${exit.signal}`
  return exit.code === null ? 'could not be started' : `exit code ${exit.code}`
}

/** The last lines of a log, for an error message. */
function tail(log: string): string {
  return log.trimEnd().split('\n').slice(-15).join('\n')
}

async function attempt<T>(probe: () => Promise<T | undefined> | T | undefined): Promise<T | undefined> {
  try {
    return await probe()
  } catch {
    return undefined
  }
}
