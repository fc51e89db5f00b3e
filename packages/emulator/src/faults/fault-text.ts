import type { Fault } from './fault.ts'
import { readFault } from './read-fault.ts'

/** The forms of a word in the text of a fault, with what each sets. */
const WORDS: readonly (readonly [form: RegExp, set: (word: string, value: string) => object])[] = [
  [/^([1-9]\d\d)$/, (status) => ({ status: Number(status) })],
  [/^([A-Z]+(?:_[A-Z]+)+)$/, (errorCode) => ({ errorCode })],
  [/^(reset|after)$/, (name) => ({ [name]: true })],
  [/^(expire-session)$/, () => ({ expireSession: true })],
  [/^x(\d+)$/, (times) => ({ times: Number(times) })],
  [/^(always)$/, (times) => ({ times })],
  [/^(ending)=([a-z]+)$/, (name, value) => ({ [name]: value })],
  [/^(delay|truncate|skip)=(\d+)$/, (name, value) => ({ [name]: Number(value) })],
  [/^(probability)=([\d.]+)$/, (name, value) => ({ [name]: Number(value) })],
  [/^(message)=(.*)$/, (name, value) => ({ [name]: value.replaceAll('+', ' ') })],
]

const HEADER = /^([\w-]+):(.+)$/

/**
 * A fault in one line: `[METHOD] path effect...`, as in `POST /jobs/ingest 503 SERVER_UNAVAILABLE x2 retry-after:5`.
 * Effects are a status, an error code, `reset`, `expire-session`, `delay=ms`, `truncate=bytes` (with `ending=whole` or
 * `ending=silence`) and `header:value`; `after` lets the road do its work first; `x3` or `always` says how often, `skip=2`
 * after how many requests, `probability=0.1` how likely, and `message=` (with `+` for a space) what stands beside the
 * code. Throws a TypeError that says what is wrong with the text.
 */
export function parseFault(text: string): Fault {
  const words = text.trim().split(/\s+/)
  const method = /^[A-Z]+$/.test(words[0] ?? '') ? words.shift() : undefined
  const path = words.shift()
  if (!path?.startsWith('/')) {
    throw new TypeError(`A fault begins with a path, or a method and a path ("POST /sobjects 503"), not with "${text}"`)
  }
  const headers: Record<string, string> = {}
  let settings = {}
  for (const word of words) {
    const [, header, value] = HEADER.exec(word) ?? []
    if (header !== undefined && value !== undefined) headers[header.toLowerCase()] = value
    else settings = { ...settings, ...readWord(word) }
  }
  return readFault({ method, path, ...settings, ...(Object.keys(headers).length > 0 && { headers }) })
}

function readWord(word: string): object {
  for (const [form, set] of WORDS) {
    const [, name, value = ''] = form.exec(word) ?? []
    if (name !== undefined) return set(name, value)
  }
  throw new TypeError(
    `"${word}" is none of the words of a fault: a status, an ERROR_CODE, reset, expire-session, delay=ms, truncate=bytes, ` +
      'header:value, message=text, x3, always, skip=2, probability=0.1',
  )
}
