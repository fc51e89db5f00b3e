import { type Html, html } from '../server/html.ts'
import { connectSection } from './connect.ts'
import type { QueryOutcome, Status } from './model.ts'
import { querySection } from './query.ts'
import { faultsSection, jobsSection, recordsSection, requestsSection } from './sections.ts'

/** What a status page is made from. */
export interface PageContent {
  /** The address under which the browser reached the emulator. */
  readonly url: string
  readonly status: Status
  /** The query that was asked for, with what became of it. */
  readonly query: { readonly soql: string; readonly outcome: QueryOutcome } | undefined
}

/** What the page is sent with: nothing from elsewhere is loaded, nobody may frame it, forms go here only. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html;charset=UTF-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** A cloud in the colour of the page's buttons: without an icon of its own the browser would ask for one. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Cpath fill='%230b5cab' d='M7 19a5 5 0 0 1-.5-9.98 6 6 0 0 1 11.6 1A4.5 4.5 0 0 1 17.5 19z'/%3E%3C/svg%3E"

/** The whole page. What changes by itself carries `data-live` and an id: the script puts newer text in its place. */
export function statusPage({ url, status, query }: PageContent): string {
  const { text }: Html = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Forcewire emulator</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="/_emulator/status.css">
<script src="/_emulator/status.js" defer></script>
</head>
<body>
<header>
<h1>Forcewire emulator</h1>
<span class="quiet">A local Salesforce at <code>${url}</code></span>
<div class="status"><span class="quiet" id="connection" role="status"></span><button type="button" id="pause" hidden>Pause updates</button></div>
</header>
<main class="columns">
<div>
${requestsSection(status)}
${querySection(query)}
${jobsSection(status)}
</div>
<div>
${connectSection(url)}
${recordsSection(status)}
${faultsSection(status)}
</div>
</main>
</body>
</html>
`
  return text
}
