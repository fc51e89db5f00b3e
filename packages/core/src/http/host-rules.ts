import { checkedTexts, refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/** Domains under which Salesforce serves its APIs; a bearer token is sent to no other host unless it is allowed. */
const salesforceDomains: readonly string[] = [
  'salesforce.com',
  'salesforce.mil',
  'force.com',
  'database.com',
  'cloudforce.com',
  'my.site.com',
  'sfcrmproducts.cn',
  'sfcrmapps.cn',
]

/**
 * Checks an address of Salesforce and reduces it to its origin: lower case, no path, no query.
 *
 * Accepted are `https` under Salesforce's own domains (production, sandbox, scratch, developer, government), `http` or
 * `https` on loopback (the emulator), and `https` on hosts that `allowedHosts` names.
 *
 * @param option - Name of the option, for the error message.
 * @throws ConfigurationError that says which rule the address breaks.
 */
export function salesforceOrigin(address: string, option: string, allowedHosts: readonly string[] = []): string {
  checkedHosts('allowedHosts', allowedHosts)
  const url = parse(address, option)
  const loopback = isLoopback(url.hostname)
  if (url.username !== '' || url.password !== '') {
    throw new ConfigurationError(`${option} must not hold a user name or password; give them to the login flow.`)
  }
  if (url.protocol === 'http:' && !loopback) {
    throw new ConfigurationError(
      `${option} '${url.origin}' must begin with https://; plain http is allowed on this machine (loopback) only.`,
    )
  }
  if (loopback || isAllowed(url, allowedHosts)) return url.origin
  if (url.hostname.endsWith('.lightning.force.com')) {
    const myDomain = url.hostname.replace(/\.lightning\.force\.com$/, '.my.salesforce.com')
    throw new ConfigurationError(
      `${option} '${url.origin}' is the address of the Lightning pages; the API lives at 'https://${myDomain}'.`,
    )
  }
  if (salesforceDomains.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`))) {
    return url.origin
  }
  throw new ConfigurationError(
    `${option} '${url.origin}' is not a host of Salesforce; use the My Domain of the org, such as ` +
      "'https://acme.my.salesforce.com' (in code, the option allowedHosts lets other hosts in).",
  )
}

/** Hosts as `allowedHosts` names them; anything else would never match. */
export function checkedHosts(option: string, value: unknown): readonly string[] {
  return checkedTexts(option, value, 'hosts', (place, host) => {
    if (typeof host === 'string' && /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])(?::\d+)?$/i.test(host)) {
      if (URL.canParse(`https://${host}`)) return host
    }
    return refuse(place, "a host such as 'proxy.example' or 'proxy.example:8443', without https:// and '*'", host)
  })
}

/** True for `localhost`, 127.0.0.0/8 and ::1. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

function isAllowed(url: URL, allowedHosts: readonly string[]): boolean {
  const names = [url.hostname, `${url.hostname}:${url.port || 443}`]
  return allowedHosts.some((host) => names.includes(host.toLowerCase()))
}

function parse(address: string, option: string): URL {
  const url = typeof address === 'string' ? URL.parse(address.trim()) : null
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url
  // Not shown: what is in the wrong place may be a password.
  return refuse(option, "an address such as 'https://acme.my.salesforce.com'", address)
}
