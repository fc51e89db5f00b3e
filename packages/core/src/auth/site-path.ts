/**
 * The path under which an Experience Cloud site serves its login: `/customers` of `https://acme.my.site.com/customers`.
 * Empty for every other address, whose path is no part of it (Salesforce help, "OAuth Endpoints").
 */
export function sitePath(address: string): string {
  const url = URL.parse(address.trim())
  if (url === null || !isSite(url.hostname)) return ''
  return url.pathname.replace(/\/+$/, '')
}

/** Whether a host serves Experience Cloud sites: `acme.my.site.com`, before enhanced domains `acme.force.com`. */
export function isSite(hostname: string): boolean {
  return (
    hostname.endsWith('.my.site.com') || (hostname.endsWith('.force.com') && !hostname.endsWith('.lightning.force.com'))
  )
}
