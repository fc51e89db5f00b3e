import assert from 'node:assert/strict'
import type { Answer } from '../support/harness.ts'
import { masked } from '../support/masked.ts'
import type { AskedOrg, Exchange } from './asked-org.ts'
import { LEFT_OUT } from './left-out.ts'

/** Headers that tell a client something. The others are the edge's (`server`, `date`, `x-sfdc-*`) or the connection's. */
const HEADERS = [
  'content-type',
  'cache-control',
  'x-content-type-options',
  'x-robots-tag',
  'sforce-limit-info',
  'location',
  'last-modified',
  'etag',
]

/** The answer is the recorded one field by field, but for what the table of masks says and what the recording's authors did to it. */
export function assertAsRecorded(org: AskedOrg, id: string, answer: Answer, compared?: Exchange['compared']): void {
  const { response } = org.recorded
  const expected = compared ? JSON.stringify(compared(org.answer, answer.json)) : response.body
  // Who pasted a page did not always note its status.
  if (response.status !== null) assert.equal(answer.status, response.status, answer.text)
  for (const name of HEADERS) {
    const recorded = response.headers[name]
    if (recorded === undefined) continue
    assert.equal(masked(header(answer.headers.get(name) ?? '', recorded)), masked(header(recorded, recorded)), name)
  }
  assert.deepEqual(
    comparable(org.markedHere(answer.text), id, 'here'),
    comparable(org.marked(expected), id, 'recorded'),
  )
}

function comparable(text: string, id: string, side: 'here' | 'recorded'): unknown {
  const trimmed = text.trim()
  if (/^<!doctype html/i.test(trimmed)) return visibleText(trimmed)
  if (trimmed.startsWith('<')) return elements(trimmed)
  if (!/^[[{]/.test(trimmed)) return trimmed
  const body = JSON.parse(trimmed)
  const { fields = [], missing = [] } = LEFT_OUT[id] ?? {}
  for (const path of side === 'here' ? fields : [...fields, ...missing]) drop(body, path.split('.'))
  return masked(body)
}

/** The charset counts where the recorder kept it. */
function header(value: string, recorded: string): string {
  return recorded.includes(';') ? value : (value.split(';')[0] ?? '')
}

/** The text of an XML document without the blanks between its elements and the declarations of its namespaces. */
function elements(xml: string): string {
  return xml
    .replace(/>\s+</g, '><')
    .replace(/\s+xmlns(?::\w+)?="[^"]*"/g, '')
    .replace(/<\?xml[^>]*\?>/, '')
}

/** What a page says; how it looks is the business of who made it. */
function visibleText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

// biome-ignore lint/suspicious/noExplicitAny: bodies have every shape
function drop(value: any, [name = '', ...rest]: readonly string[]): void {
  if (value === null || typeof value !== 'object') return
  const names = name.endsWith('*') ? Object.keys(value).filter((key) => key.startsWith(name.slice(0, -1))) : [name]
  for (const one of names) {
    if (rest.length === 0) delete value[one]
    else drop(value[one], rest)
  }
}
