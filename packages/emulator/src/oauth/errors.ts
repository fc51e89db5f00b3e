/** A refusal of the token endpoint: always HTTP 400 and one object, also for a wrong client (recorded at real orgs). */
export class OAuthError extends Error {
  override readonly name: string = 'OAuthError'
  /** The code: RFC 6749's, or one of Salesforce's own such as `invalid_client_id`. */
  readonly error: string

  constructor(error: string, description: string) {
    super(description)
    this.error = error
  }
}

export function unknownClient(): OAuthError {
  return new OAuthError('invalid_client_id', 'client identifier invalid')
}

export function wrongSecret(): OAuthError {
  return new OAuthError('invalid_client', 'invalid client credentials')
}

export function wrongPassword(): OAuthError {
  return new OAuthError('invalid_grant', 'authentication failure')
}

export function deadRefreshToken(): OAuthError {
  return new OAuthError('invalid_grant', 'expired access/refresh token')
}

export function wrongAudience(): OAuthError {
  return new OAuthError('invalid_grant', 'audience is invalid')
}

export function invalidAssertion(): OAuthError {
  return new OAuthError('invalid_grant', 'invalid assertion')
}

export function userNotApproved(): OAuthError {
  return new OAuthError('invalid_grant', "user hasn't approved this consumer")
}

export function unsupportedGrant(): OAuthError {
  return new OAuthError('unsupported_grant_type', 'grant type not supported')
}

export function inactiveUser(): OAuthError {
  return new OAuthError('inactive_user', 'user is inactive')
}

export function wrongRedirectUri(): OAuthError {
  return new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration')
}

export function wrongCode(): OAuthError {
  return new OAuthError('invalid_grant', 'invalid authorization code')
}

export function spentCode(): OAuthError {
  return new OAuthError('invalid_grant', 'expired authorization code')
}

export function wrongVerifier(): OAuthError {
  return new OAuthError('invalid_grant', 'invalid code verifier')
}

export function missingParameter(name: string): OAuthError {
  return new OAuthError('invalid_request', `missing required parameter: ${name}`)
}

export function unsupportedResponseType(): OAuthError {
  return new OAuthError('unsupported_response_type', 'response type not supported')
}

export function unsupportedChallenge(): OAuthError {
  return new OAuthError('invalid_request', 'code_challenge_method must be S256')
}

export function unknownScope(): OAuthError {
  return new OAuthError('invalid_scope', 'the requested scope is not allowed')
}

export function accessDenied(): OAuthError {
  return new OAuthError('access_denied', 'end-user denied authorization')
}

export function authorizationPending(): OAuthError {
  return new OAuthError('authorization_pending', 'user has not yet authorized the device')
}

export function slowDown(): OAuthError {
  return new OAuthError('slow_down', 'polling too frequently')
}

export function spentDeviceCode(): OAuthError {
  return new OAuthError('invalid_grant', 'invalid or expired device code')
}
