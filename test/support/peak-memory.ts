import { readFileSync } from 'node:fs'

/**
 * Most memory that this process ever held, in 10^6 bytes. Linux lets `resourceUsage().maxRSS` begin with what the parent
 * held when it started the process, so its own account of the peak is read where there is one.
 */
export function peakMegabytes(): number {
  return ((ownPeak() ?? process.resourceUsage().maxRSS) * 1024) / 1e6
}

/** VmHWM in kilobytes (proc_pid_status(5)), undefined where the system has no such file. */
function ownPeak(): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes)
  } catch {
    return undefined
  }
}
