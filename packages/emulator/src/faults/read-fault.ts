import { checkFault } from './check-fault.ts'
import type { Fault } from './fault.ts'

/**
 * A fault as JSON can say it: a path between slashes (`/jobs\/ingest$/`) is a pattern, `"always"` stands for any number of
 * times. Throws a TypeError that says what is wrong with it.
 */
export function readFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('A fault must be an object with a path and an effect')
  }
  const { path, times, ...rest } = value as Record<string, unknown>
  const fault: unknown = {
    ...rest,
    ...(path !== undefined && { path: typeof path === 'string' ? readPath(path) : path }),
    ...(times !== undefined && { times: times === 'always' ? Number.POSITIVE_INFINITY : times }),
  }
  checkFault(fault)
  return fault
}

/** The path of a fault from its text; one between slashes that has a character no path has is a pattern. */
function readPath(path: string): string | RegExp {
  const pattern = /^\/(.+)\/([iu]*)$/.exec(path)
  if (!pattern || !/[\\^$*+?()[\]{}|]/.test(pattern[1] ?? '')) return path
  try {
    return new RegExp(pattern[1] ?? '', pattern[2])
  } catch {
    throw new TypeError(`The pattern ${path} is no regular expression`)
  }
}
