import type { PipelineRequest } from './policy.ts'

/** Takes secrets out of a text that somebody may come to see. */
export type Mask = (text: string) => string

/** What of a request may hold secrets. */
type SecretParts = Pick<PipelineRequest, 'secret' | 'secrets' | 'headers' | 'body'>

/** Fields of a login's form that are no secrets, and that explain a refusal. */
const publicFields: readonly string[] = [
  'client_id',
  'grant_type',
  'redirect_uri',
  'response_type',
  'scope',
  'username',
]

/** A shorter one is none of Salesforce's, and may be part of a word. */
const shortest = 4

/**
 * Takes out what a request carries in secret: its token, or all that a login sends. Servers and proxies repeat requests
 * in their answers, and HTTP libraries in their errors, as they are or encoded for a form, a page or JSON.
 */
export function maskOf(request: SecretParts): Mask {
  const secrets = secretsOf(request).filter((secret) => secret.length >= shortest)
  if (secrets.length === 0) return (text) => text
  // The longest first: a password with a security token behind it holds them both.
  secrets.sort((one, other) => other.length - one.length)
  // A server may write what it was sent in other letters, as a host for one; a token may be part of a word then.
  const found = new RegExp(secrets.map(anyEncoding).join('|'), request.secret === undefined ? 'g' : 'gi')
  return (text) => text.replace(found, '...')
}

/** Parsed JSON is read down to here; nothing that Salesforce says lies deeper. */
const deepest = 100

/** The same for parsed JSON and XML: every text in it. Names that are words stay, since they tell what is what. */
export function maskedValue<T>(value: T, mask: Mask, depth: number = 0): T {
  if (typeof value === 'object' && value !== null) {
    if (depth === deepest) return null as T
    const masked = (item: unknown): unknown => maskedValue(item, mask, depth + 1)
    if (Array.isArray(value)) return value.map(masked) as T
    const nameOf = (name: string): string => (/^[a-z_]+$/i.test(name) ? name : mask(name))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [nameOf(name), masked(item)])) as T
  }
  const text = String(value)
  const shown = mask(text)
  return shown === text ? value : (shown as T)
}

/**
 * A success with the token of its request taken out of the errors in it (rows, subrequests, jobs), which become errors
 * and results. Everything else in it is data and stays what it is.
 */
export function maskedErrors(content: unknown, text: string, request: SecretParts): unknown {
  const { authorization } = request.headers
  // Looked for as it is before every value is, since that is almost never needed.
  if (authorization === undefined || !text.includes(longestWord(authorization))) return content
  const mask = maskOf(request)
  const visit = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null || depth === deepest) return value
    if (isFailure(value)) return maskedValue(value, mask)
    if (Array.isArray(value)) return value.map((item) => visit(item, depth + 1))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, visit(item, depth + 1)]))
  }
  return visit(content, 0)
}

/** Of the token that was last asked for, which is nearly always the same. */
let last = { authorization: '', longest: '' }

/** No way to encode a text changes its letters and digits. */
function longestWord(authorization: string): string {
  if (last.authorization !== authorization) {
    const words = authorization.split(/[^a-z0-9]+/i)
    last = { authorization, longest: words.reduce((one, other) => (other.length > one.length ? other : one)) }
  }
  return last.longest
}

function isFailure(value: object): boolean {
  const { errorCode, statusCode, httpStatusCode, errorMessage } = value as Readonly<Record<string, unknown>>
  if ([errorCode, statusCode, errorMessage].some((said) => typeof said === 'string')) return true
  return [statusCode, httpStatusCode].some((status) => typeof status === 'number' && status >= 300)
}

function secretsOf({ secret, secrets = [], headers, body }: SecretParts): string[] {
  const tokens = [headers.authorization?.replace(/^Bearer /, '') ?? '']
  if (secret === undefined || typeof body !== 'string') return tokens
  if (!headers['content-type']?.includes('form')) return [...tokens, ...secrets, body]
  const fields = [...new URLSearchParams(body)].filter(([name]) => !publicFields.includes(name))
  return [...tokens, ...secrets, body, ...fields.map(([, value]) => value)]
}

/** A pattern for a text in which every character but letters and digits may be encoded, more than once too. */
function anyEncoding(text: string): string {
  return text.replace(/[^a-z0-9]/giu, (character) => {
    const bytes = [...new TextEncoder().encode(character)].map((byte) => `%(?:25)*${hex(byte, 2)}`)
    const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
    const point = character.codePointAt(0) as number
    const forms = [
      `\\\\{0,15}${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}`,
      units.map((unit) => `\\\\{1,15}u${hex(unit, 4)}`).join(''),
      bytes.join(''),
      `&(?:amp;)*(?:#0*${point}|#x0*${hex(point, 1)}${character in entities ? `|${entities[character]}` : ''});`,
      ...(character === ' ' ? ['\\+'] : []),
    ]
    return `(?:${forms.join('|')})`
  })
}

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }

function hex(value: number, digits: number): string {
  const text = value.toString(16).padStart(digits, '0')
  return text.replace(/[a-f]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
}
