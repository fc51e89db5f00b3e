import type { Org } from '../org/org.ts'
import type { StoredRow } from '../schema/types.ts'

/** The user behind a session, as the identity services need it. */
export interface Identity {
  readonly user: StoredRow
  readonly urls: Readonly<Record<string, string>>
}

const ROADS: Readonly<Record<string, string>> = {
  enterprise: '/services/Soap/c/{version}/{org}',
  metadata: '/services/Soap/m/{version}/{org}',
  partner: '/services/Soap/u/{version}/{org}',
  rest: '/services/data/v{version}/',
  sobjects: '/services/data/v{version}/sobjects/',
  search: '/services/data/v{version}/search/',
  query: '/services/data/v{version}/query/',
  recent: '/services/data/v{version}/recent/',
  tooling_soap: '/services/Soap/T/{version}/{org}',
  tooling_rest: '/services/data/v{version}/tooling/',
  profile: '/{user}',
  feeds: '/services/data/v{version}/chatter/feeds',
  groups: '/services/data/v{version}/chatter/groups',
  users: '/services/data/v{version}/chatter/users',
  feed_items: '/services/data/v{version}/chatter/feed-items',
  feed_elements: '/services/data/v{version}/chatter/feed-elements',
  custom_domain: '',
}

/** The identity of the session's user, or undefined when the token is worth nothing. */
export function identityOf(org: Org, token: string, origin: string): Identity | undefined {
  const session = org.sessions.find(token)
  const user = session && org.records.get('User', session.userId)
  if (!user) return undefined
  const urls = Object.fromEntries(
    Object.entries(ROADS).map(([name, road]) => [
      name,
      origin + road.replace('{org}', org.id.slice(0, 15)).replace('{user}', String(user.Id)),
    ]),
  )
  return { user, urls }
}
