/** A proof key for code exchange: the challenge goes with the browser, the verifier proves later who sent it. */
export interface ProofKey {
  /** Secret; for `codeVerifier` of `authorizationCode`. */
  readonly verifier: string
  /** SHA-256 of the verifier, base64url. */
  readonly challenge: string
}

/** Random bytes of a verifier: 128 characters, the longest that RFC 7636 allows. */
const verifierBytes = 96

/**
 * Makes a proof key (PKCE, RFC 7636, method S256) for one login: give it to `authorizationUrl`, keep it with the user's
 * browser session, and give its `verifier` to `authorizationCode`.
 */
export async function proofKey(): Promise<ProofKey> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(verifierBytes)))
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return { verifier, challenge: base64url(new Uint8Array(digest)) }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
