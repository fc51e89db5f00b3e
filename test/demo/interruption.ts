/** An abort signal that fires when the person at the terminal, or the system, asks the process to end. */
export interface Interruption extends Disposable {
  readonly signal: AbortSignal
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Takes over Ctrl-C and its like until disposed, so that children and temporary folders are cleaned up first. */
export function interruption(): Interruption {
  const controller = new AbortController()
  const interrupt = (name: NodeJS.Signals): void => controller.abort(new Error(`Interrupted by ${name}.`))
  for (const name of signals) process.on(name, interrupt)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const name of signals) process.off(name, interrupt)
    },
  }
}
