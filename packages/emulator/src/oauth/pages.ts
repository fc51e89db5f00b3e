import { escapeHtml } from '../server/html.ts'
import { PALETTE } from '../server/palette.ts'

/** The pages of a login in the browser: plain HTML without scripts or outside files, in the colours the system asks for. */

/** What a page is sent with: nothing may be loaded, nobody may frame it, and forms go here or to `formTarget` only. */
export function pageHeaders(formTarget?: string): Record<string, string> {
  const targets = ["'self'", ...(formTarget === undefined ? [] : [redirectSource(formTarget)])].join(' ')
  return {
    'content-type': 'text/html;charset=UTF-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; form-action ${targets}; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  }
}

/** Asks for username and password. `error` tells what was wrong with those given before. */
export function loginPage(request: string, username: string, error?: string): string {
  return page(
    'Login',
    `${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<form method="post" action="/services/oauth2/authorize/login">
<input type="hidden" name="request" value="${escapeHtml(request)}">
<label for="username">Username</label>
<input id="username" name="username" value="${escapeHtml(username)}" autocomplete="username" autocapitalize="none" required${username ? '' : ' autofocus'}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${username ? ' autofocus' : ''}>
<button class="primary">Log In</button>
</form>`,
  )
}

/** Asks whether the app may do what it asks for. */
export function consentPage(request: string, username: string, rights: readonly string[]): string {
  return page(
    'Allow Access?',
    `<p>Forcewire Demo App is asking to:</p>
<ul>${rights.map((right) => `<li>${escapeHtml(right)}</li>`).join('')}</ul>
<p>Do you want to allow access for ${escapeHtml(username)}?</p>
<form method="post" action="/services/oauth2/authorize/consent" class="choice">
<input type="hidden" name="request" value="${escapeHtml(request)}">
<button name="decision" value="deny">Deny</button>
<button name="decision" value="allow" class="primary">Allow</button>
</form>`,
  )
}

/** Asks for the code that a device shows. */
export function connectPage(userCode: string, error?: string): string {
  return page(
    'Connect Your Device',
    `${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<form method="post" action="/setup/connect">
<label for="code">Code</label>
<input id="code" name="user_code" value="${escapeHtml(userCode)}" autocomplete="off" autocapitalize="characters" required autofocus>
<button class="primary">Connect</button>
</form>`,
  )
}

/** Says one thing and ends there. */
export function messagePage(title: string, message: string): string {
  return page(title, `<p>${escapeHtml(message)}</p>`)
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} | Forcewire emulator</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer>Forcewire emulator, a local Salesforce</footer>
</body>
</html>
`
}

const STYLE = `${PALETTE}* { box-sizing: border-box }
body { margin: 0; padding: 2rem 1rem; min-height: 100vh; display: grid; align-content: center; justify-items: center; gap: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text); background: var(--ground) }
main { width: 100%; max-width: 24rem; padding: 1.5rem; overflow-wrap: anywhere; border-radius: .5rem; background: var(--card); box-shadow: 0 1px 4px rgb(0 0 0 / 25%) }
h1 { margin: 0 0 1rem; font-size: 1.375rem; font-weight: 600 }
ul { padding-left: 1.25rem }
label { display: block; margin: 1rem 0 .25rem }
input { width: 100%; padding: .5rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .25rem }
button { flex: 1; width: 100%; margin-top: 1.25rem; padding: .5rem 1rem; font: inherit; color: var(--blue); background: transparent; border: 1px solid var(--line); border-radius: .25rem; cursor: pointer }
button.primary { color: var(--on-blue); background: var(--blue); border-color: var(--blue) }
input:focus-visible, button:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px }
.choice { display: flex; gap: .75rem }
.error { margin: 0; color: var(--red) }
footer { font-size: .8125rem; color: var(--quiet) }
`

/** A form that ends in a redirect needs its target allowed: an origin, or the scheme of an app's own link. */
function redirectSource(url: string): string {
  const { protocol, origin } = new URL(url)
  return origin === 'null' ? protocol : origin
}
