import { type Html, html } from '../server/html.ts'
import type { QueryOutcome } from './model.ts'

const EXAMPLE = 'SELECT Id, Name, Owner.Name FROM Account ORDER BY Name LIMIT 20'

/** The SOQL box with the result of the query that was asked for. */
export function querySection(query: { readonly soql: string; readonly outcome: QueryOutcome } | undefined): Html {
  return html`<section aria-labelledby="query-title">
<div class="title"><h2 id="query-title"><label for="soql">SOQL</label></h2><span class="quiet">Ctrl+Enter runs it</span></div>
<form id="query" action="/" method="get">
<textarea id="soql" name="soql" rows="3" spellcheck="false" autocapitalize="none" autocomplete="off" required>${query?.soql ?? EXAMPLE}</textarea>
<div class="run"><button class="primary">Run query</button></div>
</form>
<div id="result" aria-live="polite">${query && outcomeOf(query.outcome)}</div>
</section>`
}

function outcomeOf(outcome: QueryOutcome): Html {
  if ('message' in outcome) {
    return errorOf(outcome)
  }
  const { records, totalSize } = outcome.page
  if (records.length === 0) return html`<p>${totalSize === 0 ? 'No record matches.' : `Count: ${totalSize}`}</p>`
  const rows = records.map((record) => cellsOf(record))
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))]
  const shown = totalSize > records.length ? `The first ${records.length} of ${totalSize} rows` : `${totalSize} rows`
  return html`<p class="quiet">${totalSize === 1 ? '1 row' : shown}</p>
<div class="scroll result" tabindex="0" role="region" aria-label="Result of the query">
<table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column) => html`<td>${row.get(column) ?? ''}</td>`)}</tr>`)}</tbody>
</table>
</div>`
}

/** Where a message points into the query, its lines must not break; what it says may. */
function errorOf({ errorCode, message }: { readonly errorCode: string; readonly message: string }): Html {
  const lines = message.split('\n')
  const words = lines.pop()
  return html`<div class="error"><strong class="bad">${errorCode}</strong>${
    lines.length > 0 && html`<pre>${lines.join('\n')}</pre>`
  }<p>${words}</p></div>`
}

/** The values of a record by the path of their field; those of its parents by the path from the record. */
function cellsOf(record: Readonly<Record<string, unknown>>, prefix = ''): Map<string, string> {
  const cells = new Map<string, string>()
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') continue
    const path = prefix + name
    if (isParent(value)) for (const [inner, cell] of cellsOf(value, `${path}.`)) cells.set(inner, cell)
    else cells.set(path, cellOf(value))
  }
  return cells
}

function isParent(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && 'attributes' in value
}

function cellOf(value: unknown): string {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  if ('totalSize' in value) return `${value.totalSize} records`
  return Object.values(value)
    .filter((part) => part !== null)
    .join(', ')
}
