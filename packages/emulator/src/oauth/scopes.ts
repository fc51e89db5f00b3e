import { unknownScope } from './errors.ts'

/** What each scope lets an app do, as the consent page says it (Salesforce Help, "OAuth Tokens and Scopes"). */
const SCOPES: Readonly<Record<string, string>> = {
  address: 'See your address',
  api: 'Manage user data via APIs',
  chatter_api: 'Access Connect REST API resources',
  custom_permissions: 'Access custom permissions',
  email: 'See your email address',
  full: 'Full access',
  id: 'Access the identity URL service',
  lightning: 'Access Lightning applications',
  offline_access: 'Perform requests at any time',
  openid: 'Access unique user identifiers',
  phone: 'See your phone number',
  profile: 'See your profile',
  refresh_token: 'Perform requests at any time',
  visualforce: 'Access Visualforce applications',
  web: 'Manage user data via Web browsers',
}

/** What the demo app asks for where a request names no scopes: everything it may do. */
const DEFAULT_SCOPE = 'refresh_token web api id'

/** The scopes of a request, each once. Throws `invalid_scope` for one that there is not. */
export function checkedScope(asked: string | undefined): string {
  const scopes = new Set((asked?.trim() || DEFAULT_SCOPE).split(/\s+/))
  for (const scope of scopes) if (!(scope in SCOPES)) throw unknownScope()
  return [...scopes].join(' ')
}

/** True for scopes that come with a refresh token; `full` alone does not. */
export function allowsRefresh(scope: string): boolean {
  return scope.split(' ').some((one) => one === 'refresh_token' || one === 'offline_access')
}

/** What the scopes let an app do, for people, each said once. */
export function scopeTexts(scope: string): string[] {
  return [...new Set(scope.split(' ').map((one) => SCOPES[one] ?? one))]
}
