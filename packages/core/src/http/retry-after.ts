/**
 * Milliseconds that a `Retry-After` header asks to wait; `undefined` without a usable header. Salesforce documents the
 * header nowhere; proxies in front of it send it.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const value = headers['retry-after']?.trim() ?? ''
  // Two of them are joined by a comma.
  const seconds = /^(\d+(?:\.\d+)?)(?:\s*,.*)?$/.exec(value)?.[1]
  if (seconds !== undefined) return Math.ceil(Number(seconds) * 1_000)
  const left = /^[a-z]{3,9}, .*GMT$/i.test(value) ? Date.parse(value) - now : 0
  return left > 0 ? left : undefined
}
