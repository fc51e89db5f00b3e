import { type Html, html } from '../server/html.ts'

/** How to log in: the address, the login data when asked for, and the first lines of usual clients. */
export function connectSection(url: string): Html {
  return html`<section aria-labelledby="connect-title">
<div class="title"><h2 id="connect-title">Connect</h2></div>
<dl><div><dt>Login URL and instance URL</dt><dd><code>${url}</code><button type="button" data-copy="${url}" aria-label="Copy the URL" hidden>Copy</button></dd></div></dl>
<button type="button" id="show-login" aria-expanded="false" aria-controls="login" hidden>Show login data</button>
<noscript><a href="/_emulator/credentials">Login data</a></noscript>
<dl id="login" hidden></dl>
${usages(url).map(([name, text]) => html`<details><summary>${name}</summary><pre>${text}</pre></details>`)}
</section>`
}

/** Usual clients with what a first call takes; words in capitals stand for the login data. */
function usages(url: string): readonly (readonly [client: string, text: string])[] {
  return [
    [
      '@forcewire/core',
      `const salesforce = new Salesforce({
  auth: clientCredentials({
    loginUrl: '${url}',
    clientId: 'CLIENT_ID',
    clientSecret: 'CLIENT_SECRET',
  }),
})
await salesforce.query('SELECT Id, Name FROM Account').all()`,
    ],
    [
      'jsforce',
      `const connection = new jsforce.Connection({ loginUrl: '${url}' })
await connection.login('USERNAME', 'PASSWORDSECURITY_TOKEN')
await connection.query('SELECT Id, Name FROM Account')`,
    ],
    ['sf', `SF_ACCESS_TOKEN='ACCESS_TOKEN' sf org login access-token --instance-url ${url} --no-prompt`],
    [
      'curl',
      `curl ${url}/services/data/v67.0/limits \\
  -H 'Authorization: Bearer ACCESS_TOKEN'`,
    ],
    ['For tests', `curl -X POST ${url}/_emulator/reset\ncurl ${url}/_emulator/   # all roads`],
  ]
}
