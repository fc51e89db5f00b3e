import type { ApiErrorDetail } from '../errors/api-error.ts'
import type { DuplicateMatch } from '../errors/match-errors.ts'
import { readXml, type XmlValue, xmlAt, xmlList, xmlText } from '../xml.ts'
import { isObject } from './expected.ts'
import { type Mask, maskedValue } from './mask.ts'

/** What the body of an error answer says, whatever its shape. */
export interface ErrorBody {
  readonly errors: readonly ApiErrorDetail[]
  /** Paths of an HTTP 300 answer. */
  readonly candidates?: readonly string[]
  readonly matches?: readonly DuplicateMatch[]
  /** Readable text of a body that holds no error code: HTML pages, plain text. */
  readonly text?: string
  /** The body as it was parsed, where it is JSON. */
  readonly json?: unknown
}

type Json = Readonly<Record<string, unknown>>

/**
 * Reads the body of an error answer: a JSON array (the usual), a JSON object, XML, a SOAP fault, an OAuth error, an
 * HTML page, bare words, or nothing.
 */
export async function readErrorBody(text: string, contentType: string, mask: Mask): Promise<ErrorBody> {
  const body = text.trimStart()
  if (body === '') return { errors: [] }
  if (body.startsWith('[') || body.startsWith('{')) {
    const json = parseJson(body)
    if (json !== undefined) return jsonErrorBody(maskedValue(json, mask))
  }
  const isPage = !body.startsWith('<') || /^<(?:!doctype html|html)/i.test(body)
  if (!isPage && (contentType.includes('xml') || body.startsWith('<?xml'))) return fromXml(body, mask)
  return { errors: [], text: pageText(mask(body)) }
}

/** Reads an error body that is parsed already; the subrequests of the composite resources hold such. */
export function jsonErrorBody(json: unknown): ErrorBody {
  const body = readJson(json)
  if (body.text !== undefined || body.errors.some(({ errorCode, message }) => errorCode + message !== '')) {
    return { ...body, json }
  }
  return { ...body, text: pageText([...new Set(saidIn(json))].join('; ')), json }
}

/** What a body of a shape that is no resource's says, as graphs, Apex classes and problem details (RFC 9457) do. */
function saidIn(json: unknown, depth = 0): string[] {
  if (typeof json !== 'object' || json === null || depth > 8) return []
  return Object.entries(json).flatMap(([name, value]) =>
    typeof value === 'string' && /^(?:error_?code|message|title|detail)$/i.test(name)
      ? [value]
      : saidIn(value, depth + 1),
  )
}

function readJson(json: unknown): ErrorBody {
  if (Array.isArray(json)) {
    const candidates = json.filter((entry) => typeof entry === 'string')
    if (candidates.length > 0) return { errors: [], candidates, text: pageText(candidates.join('; ')) }
    const errors = json.filter(isObject).flatMap(resultErrors)
    const matches = json.filter(isObject).flatMap(duplicateMatches)
    return matches.length > 0 ? { errors, matches } : { errors }
  }
  if (!isObject(json)) return { errors: [], text: pageText(words(json)) }
  if (typeof json.error === 'string') {
    return { errors: [{ errorCode: json.error, message: words(json.error_description), fields: [] }] }
  }
  // The composite tree answers { hasErrors, results: [{ referenceId, errors }] }.
  if (Array.isArray(json.results)) {
    return { errors: list(json.results).flatMap((result) => rowErrors(result.errors)) }
  }
  // A save result wraps its errors in an object, and so do some resources; Apex classes say whatever they like in one.
  const wrapped: unknown[] = Array.isArray(json.errors) ? json.errors : []
  const inside = wrapped.map((entry) => detail(isObject(entry) ? entry : { message: entry }))
  const own = detail(json)
  const errors = inside.length > 0 && own.errorCode + own.message === '' ? inside : [own, ...inside]
  return { errors, matches: [json, ...wrapped.filter(isObject)].flatMap(duplicateMatches) }
}

/** The results of actions, approvals and collections hold their errors in lists of their own. */
function resultErrors(entry: Json): ApiErrorDetail[] {
  const inside = rowErrors(entry.errors)
  return inside.length > 0 ? inside : [detail(entry)]
}

/**
 * The errors of one row or subrequest (collections, tree, a save result): `[{ statusCode, message, fields }]`. Anything
 * that is not such a list has none.
 */
export function rowErrors(entries: unknown): ApiErrorDetail[] {
  return list(entries).map(detail)
}

function detail(entry: Json): ApiErrorDetail {
  return {
    errorCode: words(entry.errorCode ?? entry.statusCode ?? entry.exceptionCode),
    message: words(entry.message ?? entry.exceptionMessage),
    fields: Array.isArray(entry.fields) ? entry.fields.map(words) : [],
  }
}

/** Salesforce really spells the key `duplicateResut`; the corrected spelling is accepted too. */
function duplicateMatches(entry: Json): DuplicateMatch[] {
  const found = entry.duplicateResut ?? entry.duplicateResult
  if (!isObject(found)) return []
  return list(found.matchResults).flatMap((result) =>
    list(result.matchRecords).map((match) => {
      const record = isObject(match.record) ? match.record : {}
      const attributes = isObject(record.attributes) ? record.attributes : {}
      return {
        id: words(record.Id),
        type: words(attributes.type ?? result.entityType),
        confidence: Number(words(match.matchConfidence)),
        engine: words(result.matchEngine),
        rule: words(result.rule),
      }
    }),
  )
}

async function fromXml(body: string, mask: Mask): Promise<ErrorBody> {
  const xml = maskedValue(await readXml(body).catch(() => undefined), mask)
  const fault = xmlAt(xml, 'Envelope', 'Body', 'Fault')
  if (fault !== undefined) return { errors: [soapFault(fault)] }
  const errors = [...xmlList(xmlAt(xml, 'Errors'), 'Error'), ...xmlList(xml, 'error'), ...xmlList(xml, 'Error')]
  if (errors.length === 0) return { errors: [], text: pageText(mask(body)) }
  return { errors: errors.map(xmlDetail) }
}

function xmlDetail(entry: XmlValue): ApiErrorDetail {
  return {
    errorCode: xmlText(entry, 'errorCode') ?? xmlText(entry, 'exceptionCode') ?? '',
    message: xmlText(entry, 'message') ?? xmlText(entry, 'exceptionMessage') ?? '',
    fields: [],
  }
}

function soapFault(fault: XmlValue): ApiErrorDetail {
  const faultCode = (xmlText(fault, 'faultcode') ?? '').replace(/^.*:/, '')
  const faultText = xmlText(fault, 'faultstring') ?? ''
  return {
    errorCode: faultCode,
    message: faultText.startsWith(`${faultCode}:`) ? faultText.slice(faultCode.length + 1).trim() : faultText,
    fields: [],
  }
}

/** The words of a page, or else its title, short enough for one line of a log. Read tag by tag: a page may mean harm. */
function pageText(page: string): string {
  let tag = ''
  let hidden = ''
  let title = ''
  let text = ''
  for (const [piece, inner] of page.matchAll(/<([^<>]*)>|<?[^<]*/g)) {
    if (inner === undefined) {
      if (hidden === '') text += piece
      else if (tag === 'title') title = piece
      continue
    }
    tag = /^\/?\w*/.exec(inner)?.[0].toLowerCase() ?? ''
    if (hidden === '' && /^(?:script|style|head)$/.test(tag)) hidden = tag
    else if (tag === `/${hidden}` || tag === 'body') hidden = ''
    text += ' '
  }
  const words = [text, title].map((found) => found.replace(/&nbsp;|\s+/g, ' ').trim()).find(Boolean) ?? ''
  return words.length > 200 ? `${words.slice(0, 199)}…` : words
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** An object is no words, and need not even be able to become a text. */
function words(value: unknown): string {
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string').join('; ')
  return value === undefined || typeof value === 'object' ? '' : String(value).trim()
}
