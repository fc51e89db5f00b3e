import type { RecordStore } from '../records/record-store.ts'
import type { StoredRow, StoredValue } from '../schema/types.ts'

/** A user that can log in. */
export interface UserAccount {
  /** In the form of an email address, unique in the org. */
  readonly username: string
  readonly password: string
  /** What the password is followed by in SOAP and username-password logins; none when absent. */
  readonly securityToken?: string | undefined
  readonly firstName?: string | undefined
  /** The part of the username before the `@` when absent. */
  readonly lastName?: string | undefined
  /** The username when absent. */
  readonly email?: string | undefined
  /** True for the permission "Bulk API Hard Delete", which in Salesforce, too, nobody has unless it is given; false when absent. */
  readonly bulkApiHardDelete?: boolean | undefined
}

/** What no user is without; the org's own users have defaults for it, described ones need not. */
export const USER_LOCALE: StoredRow = {
  TimeZoneSidKey: 'America/Los_Angeles',
  LocaleSidKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
  LanguageLocaleKey: 'en_US',
}

/** Who can log in to the org, and how. A user without an account (made by REST) cannot, but JWT assertions may name it. */
export class UserAccounts {
  readonly #records: RecordStore
  readonly #first: readonly UserAccount[]
  #accounts: Map<string, UserAccount> = new Map()

  /** @param first the accounts that the org starts with; one without a User record gets it. */
  constructor(records: RecordStore, first: readonly UserAccount[]) {
    this.#records = records
    this.#first = first
    this.reset()
  }

  /** Adds an account and gives the Id of its user, who is made where there is none of that name. */
  add(account: UserAccount): string {
    const id =
      this.find(account.username)?.Id ??
      this.#records.insert('User', { ...userFields(account), ProfileId: this.#profile() })
    this.#accounts.set(account.username.toLowerCase(), account)
    return String(id)
  }

  /** The active or inactive user of that name. */
  find(username: string | undefined): StoredRow | undefined {
    return username === undefined ? undefined : this.#records.findBy('User', 'Username', username)[0]
  }

  /** True where the user of that Id has the permission "Bulk API Hard Delete". */
  mayHardDelete(userId: string): boolean {
    const username = this.#records.get('User', userId)?.Username
    return this.#accounts.get(String(username).toLowerCase())?.bulkApiHardDelete ?? false
  }

  /** The user whose password, followed by the security token, was given. Without the token only where that is `optional`. */
  authenticate(
    username: string | undefined,
    password: string | undefined,
    token: 'needed' | 'optional',
  ): StoredRow | undefined {
    const account = this.#accounts.get(username?.toLowerCase() ?? '')
    if (!account) return undefined
    const plain = token === 'optional' && password === account.password
    const right = plain || password === account.password + (account.securityToken ?? '')
    return right ? this.find(account.username) : undefined
  }

  /** The profile of a user who is made here. */
  #profile(): StoredValue {
    return this.#records.findBy('Profile', 'Name', 'Standard User')[0]?.Id ?? null
  }

  /** Brings the accounts of the start back. */
  reset(): void {
    this.#accounts = new Map()
    for (const account of this.#first) this.add(account)
  }
}

function userFields({ username, firstName, lastName, email }: UserAccount): StoredRow {
  const local = username.split('@')[0] ?? username
  return {
    Username: username,
    FirstName: firstName ?? null,
    LastName: lastName ?? local,
    Email: email ?? username,
    Alias: local.slice(0, 8),
    CommunityNickname: local.slice(0, 40),
    IsActive: 1,
    ...USER_LOCALE,
  }
}
