/** One limit of the org. Some limits nest the share of each connected app. */
export interface OrgLimit {
  readonly Max: number
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
  readonly user_id: string
  readonly organization_id: string
  readonly preferred_username: string
  readonly name: string
  readonly email: string
  readonly [key: string]: unknown
}
