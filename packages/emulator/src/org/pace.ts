/**
 * How fast background jobs go: finished as soon as the work is done, after a number of status reads, or after a time
 * on the org's clock. Follows moto's state transitions, which let a test see every state of a job.
 */
export type Pace = 'at-once' | { readonly reads: number } | { readonly milliseconds: number }

/** True for a value that is a {@link Pace}. */
export function isPace(value: unknown): value is Pace {
  if (value === 'at-once') return true
  if (typeof value !== 'object' || value === null) return false
  const [entry, ...rest] = Object.entries(value)
  if (!entry || rest.length > 0) return false
  const [name, amount] = entry
  return (name === 'reads' || name === 'milliseconds') && Number.isInteger(amount) && amount >= 0
}
