import type { Exchange, Exchanges } from './asked-org.ts'

const askInTrouble: Exchange['ask'] = async (org) => {
  const { response } = org.recorded
  const headers = { 'content-type': response.headers['content-type'] ?? 'application/json' }
  const { status, body } = response
  await org.send('POST', '/_emulator/faults', { body: { path: '/services/', status, headers, body } })
  return org.send('GET', '/services/data/v59.0/limits')
}

/** What an org answers that is not itself: gone, busy, or asked in a way that the emulator has not. A fault answers it, word for word. */
export const misfortunes: Exchanges = Object.fromEntries(
  [
    // A session of a kind that REST does not take.
    'jsforce-401-error-object',
    // An org that is no more.
    'jsforce-404-html',
    // A resource of Einstein.
    'jsforce-429-error-object',
    // REST in XML.
    'jsforce-rest-error-xml',
    // A password that has expired.
    'jsforce-soap-password-expired',
    // Somebody else has the record.
    'pasted-500-unable-to-lock-row',
  ].map((id) => [id, { ask: askInTrouble }]),
)
