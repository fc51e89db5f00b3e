/** What differs between any two orgs, by rule: the pattern and what stands for it. */
const MASKS: readonly (readonly [rule: string, pattern: RegExp, mask: string])[] = [
  ['an Id', /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/, '<Id>'],
  ['the Id at the end of a record path', /(\/sobjects\/\w+\/)[A-Za-z0-9]{18}$/, '$1<Id>'],
  ['the version in a path', /\/data\/v(?:xx|\d+)\.0\//, '/data/vNN.0/'],
  ['an HTTP date', /^\w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} GMT$/, '<date>'],
  ['an ETag', /^"[0-9a-f]{8}"$/, '<ETag>'],
  ['the Id in the text of an error', /\b00[13][A-Za-z0-9]{15}\b/, '<Id>'],
]

/** A JSON value in which everything that differs between any two orgs is masked. */
export function masked(value: unknown): unknown {
  if (typeof value === 'string') return MASKS.reduce((text, [, pattern, mask]) => text.replace(pattern, mask), value)
  if (Array.isArray(value)) return value.map(masked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, masked(entry)]))
}
