import { fileURLToPath } from 'node:url'
import { type Child, type Exit, startNode } from '../support/process.ts'

/** A demo command that a test watches from outside, as a person at the terminal does. */
export interface DemoProcess extends AsyncDisposable {
  readonly child: Child
  /** Waits for a line that matches and gives the match. */
  line(pattern: RegExp): Promise<RegExpExecArray>
  /** Waits for the end. Standard output and standard error are in `child.log()`. */
  end(): Promise<Exit>
}

/** Time for a whole demo on a slow machine that is busy with other tests, in milliseconds. */
const patience = 300_000

/** Starts `npm run demo` or `npm run demo:n8n` without the build before it. */
export function startDemo(script: 'node-red.ts' | 'n8n.ts', args: readonly string[]): DemoProcess {
  const child = startNode({
    name: `test/demo/${script}`,
    args: [fileURLToPath(new URL(script, import.meta.url)), ...args],
    patience: 30_000,
  })
  return {
    child,
    line: (pattern) => child.ready(() => pattern.exec(child.log()) ?? undefined, { timeout: patience }),
    end: () => child.exited,
    [Symbol.asyncDispose]: () => child.stop(),
  }
}

/** The numbers of the table's lines: run, rows read, created, updated, failed, API calls, seconds. */
export function tableLines(log: string): number[][] {
  return log.split('\n').flatMap((line) => {
    const cells = line.split('│').map((cell) => cell.trim())
    if (cells.length !== 9) return []
    const numbers = cells.slice(1, -1).map((cell) => Number(cell.replaceAll(',', '')))
    return numbers.some(Number.isNaN) ? [] : [numbers]
  })
}
