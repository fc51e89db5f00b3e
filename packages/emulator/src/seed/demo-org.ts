import type { Org } from '../org/org.ts'
import { USER_LOCALE } from '../org/user-accounts.ts'
import type { RecordInput } from '../records/field-input.ts'
import { Inventor } from './inventor.ts'

/** An account with what belongs to it, so that later records fit together. */
export interface DemoAccount {
  readonly id: string
  readonly ownerId: string
  readonly contacts: string[]
  readonly opportunities: string[]
}

/** Roles from the top down: name, role above, how many users have it. */
const ROLES = [
  ['CEO', undefined, 0],
  ['VP Sales', 'CEO', 1],
  ['Account Executive', 'VP Sales', 4],
  ['VP Service', 'CEO', 0],
  ['Support Agent', 'VP Service', 3],
] as const

/** Queues that the assignment rules of leads and cases give records to. */
const QUEUES = [
  ['Web Leads', 'Web_Leads'],
  ['Support', 'Support'],
] as const

/** The demo org while it is filled: who works there, and what the records to come may refer to. */
export class DemoOrg {
  readonly invent: Inventor
  readonly accounts: DemoAccount[] = []
  readonly leads: string[] = []
  /** Users who own what is sold, and those who own cases. */
  readonly sellers: string[]
  readonly agents: string[]
  /** Ids of the queues by their developer name. */
  readonly queues: ReadonlyMap<string, string>
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
    this.invent = new Inventor(org.schema)
    this.queues = new Map(
      QUEUES.map(([Name, DeveloperName]) => [DeveloperName, this.add('Group', { Name, DeveloperName, Type: 'Queue' })]),
    )
    const staff = this.#hire()
    this.sellers = staff.filter(([role]) => role === 'Account Executive').map(([, id]) => id)
    this.agents = staff.filter(([role]) => role === 'Support Agent').map(([, id]) => id)
  }

  /** Creates a record and gives its Id. A described object may require fields that the demo knows nothing of. */
  add(object: string, input: RecordInput): string {
    return this.#org.records.insert(object, input, { asSystem: true })
  }

  /** Gives the users of the demo org, who do not log in, their roles. */
  #hire(): [role: string, userId: string][] {
    const ProfileId = this.#org.records.findBy('Profile', 'Name', 'Standard User')[0]?.Id ?? null
    const roles = new Map<string, string>()
    return ROLES.flatMap(([Name, above, users]) => {
      const ParentRoleId = (above && roles.get(above)) ?? null
      const UserRoleId = this.add('UserRole', { Name, ParentRoleId, DeveloperName: Name.replaceAll(' ', '_') })
      roles.set(Name, UserRoleId)
      return times(
        users,
        () => [Name, this.add('User', { ...this.#user(Name), ProfileId, UserRoleId })] as [string, string],
      )
    })
  }

  #user(Title: string): RecordInput {
    const { FirstName, LastName, Email } = this.invent.person('forcewire')
    const Alias = `${FirstName.charAt(0)}${LastName}`.toLowerCase().slice(0, 8)
    const names = { FirstName, LastName, Email, Username: Email, Alias, CommunityNickname: `${FirstName}.${LastName}` }
    return { ...names, Title, CompanyName: 'Forcewire', UserType: 'Standard', IsActive: 1, ...USER_LOCALE }
  }
}

/** A list of so many things. */
export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
