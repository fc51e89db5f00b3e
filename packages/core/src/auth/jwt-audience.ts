import { productionLogin } from './oauth.ts'
import { isSite, sitePath } from './site-path.ts'

const sandboxLogin = 'https://test.salesforce.com'

/**
 * The audience of an assertion: the authorization server's own name, not the address that is called. That is
 * `https://login.salesforce.com` for production, whatever its My Domain and also in the government cloud,
 * `https://test.salesforce.com` for sandboxes and scratch orgs, and the address of the site for Experience Cloud
 * (Salesforce help, "OAuth 2.0 JWT Bearer Flow" and article 000386092 on the government cloud).
 */
export function jwtAudience(loginUrl: string): string {
  const url = URL.parse(loginUrl.trim())
  if (url === null) return productionLogin
  if (isSite(url.hostname)) return `${url.origin}${sitePath(loginUrl)}`
  return isSandbox(url.hostname) ? sandboxLogin : productionLogin
}

/** Before enhanced domains a sandbox had two dashes in its name and its instance in its host: `acme--dev.cs42.my.`. */
function isSandbox(hostname: string): boolean {
  return (
    hostname === 'test.salesforce.com' ||
    /\.(?:sandbox|scratch)\.my\.salesforce\.(?:com|mil)$/.test(hostname) ||
    /(?:^|\.)cs\d+(?:\.my)?\.salesforce\.com$/.test(hostname)
  )
}
