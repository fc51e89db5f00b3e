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
