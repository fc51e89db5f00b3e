import { STATUS_CODES } from 'node:http'
import type { JobView } from '../bulk/job-board.ts'
import type { ArmedFault } from '../faults/fault.ts'
import type { Pace } from '../org/pace.ts'
import { type Html, html } from '../server/html.ts'
import type { LoggedRequest } from '../server/request-log.ts'
import type { ObjectCount, Status } from './model.ts'

/** The newest requests, newest first. */
export function requestsSection({ requests, totalRequests, usage }: Status): Html {
  const counts = `${plural(totalRequests, 'request')}, ${whole(usage.used)} of ${whole(usage.limit)} API calls of the day`
  return html`<section aria-labelledby="requests-title">
<div class="title"><h2 id="requests-title">Requests</h2><span class="quiet" id="requests-count" data-live>${counts}</span></div>
<div class="scroll" tabindex="0" role="region" aria-labelledby="requests-title">
<div id="requests" data-live>${
    requests.length === 0
      ? html`<p class="quiet">No request has come yet. Point a client at this address, or run a query below.</p>`
      : html`<table>
<thead><tr><th class="time" scope="col">UTC</th><th scope="col">Method</th><th scope="col">Path</th><th scope="col">Status</th></tr></thead>
<tbody>${requests.map(requestRow)}</tbody>
</table>`
  }</div>
</div>
</section>`
}

function requestRow({ receivedAt, method, path, query, status }: LoggedRequest): Html {
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return html`<tr><td class="time">${new Date(receivedAt).toISOString().slice(11, 19)}</td><td class="mono">${method}</td>
<td class="mono path">${path}${parameters.length > 0 && html`<br><span class="quiet mono">${parameters.join(' & ')}</span>`}</td>
<td>${statusCell(status)}</td></tr>`
}

function statusCell(status: number | null): Html {
  if (status === null) return html`<span class="quiet">pending</span>`
  return html`<span class="${status < 400 ? 'good' : 'bad'}" title="${STATUS_CODES[status] ?? ''}">${status}</span>`
}

/** Bulk jobs, newest first. */
export function jobsSection({ jobs }: Status): Html {
  return html`<section aria-labelledby="jobs-title">
<div class="title"><h2 id="jobs-title">Bulk jobs</h2></div>
<div class="scroll" tabindex="0" role="region" aria-labelledby="jobs-title">
<div id="jobs" data-live>${
    jobs.length === 0
      ? html`<p class="quiet">No job of Bulk API 2.0 yet.</p>`
      : html`<table>
<thead><tr><th scope="col">Job</th><th scope="col">State</th><th class="number" scope="col">Processed</th><th class="number" scope="col">Failed</th><th scope="col">Progress</th></tr></thead>
<tbody>${jobs.map(jobRow)}</tbody>
</table>`
  }</div>
</div>
</section>`
}

function jobRow({ id, object, operation, state, processed, failed, progress, errorMessage }: JobView): Html {
  const bad = state === 'Failed' || state === 'Aborted'
  const label = `Progress of job ${id}`
  return html`<tr><td>${operation} ${object}<br><span class="quiet mono">${id}</span></td>
<td><span class="${bad ? 'bad' : state === 'JobComplete' ? 'good' : ''}">${state}</span>${
    errorMessage !== undefined && html`<br><span class="quiet">${errorMessage}</span>`
  }</td>
<td class="number">${whole(processed)}</td><td class="number">${whole(failed)}</td>
<td>${
    progress === null
      ? state === 'InProgress' && html`<progress aria-label="${label}"></progress>`
      : html`<progress aria-label="${label}" value="${progress.toFixed(3)}" max="1"></progress> <span class="quiet">${Math.floor(progress * 100)} %</span>`
  }</td></tr>`
}

/** Records per object; each object leads to a query of its records. */
export function recordsSection({ objects }: Status): Html {
  return html`<section aria-labelledby="records-title">
<div class="title"><h2 id="records-title">Records</h2></div>
<div class="scroll" tabindex="0" role="region" aria-labelledby="records-title">
<table id="records" data-live>
<thead><tr><th scope="col">Object</th><th class="number" scope="col">Records</th></tr></thead>
<tbody>${objects.map(objectRow)}</tbody>
</table>
</div>
</section>`
}

function objectRow({ name, count }: ObjectCount): Html {
  const soql = `SELECT FIELDS(ALL) FROM ${name} LIMIT 20`
  return html`<tr><td><a id="records-${name}" href="/?soql=${encodeURIComponent(soql)}" data-soql="${soql}">${name}</a></td><td class="number">${whole(count)}</td></tr>`
}

/** The faults that are armed, and how fast jobs go. */
export function faultsSection({ faults, pace }: Status): Html {
  return html`<section aria-labelledby="faults-title">
<div class="title"><h2 id="faults-title">Faults and pace</h2></div>
<div id="faults" data-live>
<p>Background jobs: ${paceText(pace)}</p>
${
  faults.length === 0
    ? html`<p class="quiet">No fault is armed.</p>`
    : html`<ul>${faults.map((armed) => html`<li><span class="mono">${faultText(armed)}</span><br><span class="quiet">${leftText(armed)}</span></li>`)}</ul>`
}
</div>
<p class="quiet">Arm faults with <code>POST /_emulator/faults</code> or <code>--fault</code>, set the pace with <code>POST /_emulator/pace</code>.</p>
</section>`
}

function paceText(pace: Pace): string {
  if (pace === 'at-once') return 'at once'
  return 'reads' in pace ? `end at status read ${pace.reads}` : `end after ${whole(pace.milliseconds)} ms`
}

function faultText({ fault }: ArmedFault): string {
  const { method, path, status, errorCode, delay, truncate, ending, headers, reset, expireSession, body, after } = fault
  const effects = [
    status,
    errorCode,
    reset && 'reset',
    expireSession && 'expire-session',
    delay !== undefined && `delay=${delay}`,
    truncate !== undefined && `truncate=${truncate}`,
    ending !== undefined && `ending=${ending}`,
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}:${value}`),
    body !== undefined && 'a body of its own',
    after && 'after',
  ]
  return [method?.toUpperCase(), path, ...effects].filter((part) => part !== undefined && part !== false).join(' ')
}

function leftText({ fault: { probability }, skipping, left }: ArmedFault): string {
  const parts = [left === Number.POSITIVE_INFINITY ? 'always' : `${plural(left, 'time')} more`]
  if (skipping > 0) parts.push(`after ${plural(skipping, 'request')}`)
  if (probability !== undefined) parts.push(`with a chance of ${probability}`)
  return parts.join(', ')
}

function plural(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`
}

function whole(number: number): string {
  return number.toLocaleString('en-US')
}
