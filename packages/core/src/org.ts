import { checkedName, checkedTexts } from './check.ts'
import type { CallOptions, Connection } from './http/connection.ts'
import { expectedList, expectedObject, expectedText } from './http/expected.ts'

/** One limit of the org. Some limits nest the share of each connected app. */
export interface OrgLimit {
  /** What the org has. */
  readonly Max: number
  /** What is left of it. */
  readonly Remaining: number
  readonly [app: string]: number | OrgLimit
}

/** An API version that the instance offers. */
export interface ApiVersion {
  /** `Summer '26` */
  readonly label: string
  /** `/services/data/v67.0` */
  readonly url: string
  /** `67.0` */
  readonly version: string
}

/** Who is logged in (`/services/oauth2/userinfo`); keys that are not listed here are there too. */
export interface UserInfo {
  /** Id of the user. */
  readonly user_id: string
  /** Id of the org. */
  readonly organization_id: string
  /** Name with which the user logs in. */
  readonly preferred_username: string
  /** First and last name. */
  readonly name: string
  /** E-mail address. */
  readonly email: string
  readonly [key: string]: unknown
}

/** The limits in an answer; a user who may see none of them gets an empty object. */
export function checkedLimits(answer: unknown): Readonly<Record<string, OrgLimit>> {
  const limits = expectedObject<Record<string, OrgLimit>>('limits', answer)
  for (const name of Object.keys(limits)) expectedObject('limits', limits, name)
  return limits
}

/** The versions in an answer; every instance offers some. */
export function checkedVersions(answer: unknown): ApiVersion[] {
  const versions = expectedList<ApiVersion>('versions', answer)
  expectedText('versions', versions.at(-1), 'version')
  return versions
}

/** The user in an answer. */
export function checkedUser(answer: unknown): UserInfo {
  expectedText('userInfo', answer, 'user_id')
  return answer as UserInfo
}

/** GET `/limits/recordCount`; `sObjects` of its answer lists name and count. */
export async function recordCounts(
  connection: Connection,
  objects: readonly string[] | undefined,
  call: CallOptions | undefined,
): Promise<Readonly<Record<string, number>>> {
  const names =
    objects === undefined ? [] : checkedTexts('recordCounts: objects', objects, 'names of objects', checkedName)
  if (objects !== undefined && names.length === 0) return {}
  const path = `${connection.dataPath}/limits/recordCount`
  const query = { sObjects: objects === undefined ? undefined : names.join(',') }
  const answer = await connection.json({ method: 'GET', path, query, replay: 'always' }, call)
  const counts = expectedList<{ readonly name: string; readonly count: number }>('recordCounts', answer, 'sObjects')
  return Object.fromEntries(counts.map((entry) => [expectedText('recordCounts', entry, 'name'), entry.count]))
}
