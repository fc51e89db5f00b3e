import { restDateTime } from '../records/date-values.ts'

/** A time of a job as its answers show it: to the second, with `+0000`. */
export function jobTime(time: number): string {
  return restDateTime(`${new Date(time).toISOString().slice(0, 19)}.000Z`)
}
