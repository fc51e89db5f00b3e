import type { Org } from '../org/org.ts'
import { USER_LOCALE } from '../org/user-accounts.ts'

/** Profiles that every org has (Salesforce Help, "Standard Profiles"), the one of its first user in front. */
const PROFILES = ['System Administrator', 'Standard User', 'Read Only']

/** The user behind every session, and the profiles of all users: an org without them cannot exist. */
export function seedUser(org: Org): void {
  const { records } = org
  const id = records.insert(
    'User',
    {
      Username: 'demo@forcewire.example',
      FirstName: 'Dana',
      LastName: 'Demo',
      Email: 'demo@forcewire.example',
      Alias: 'ddemo',
      CommunityNickname: 'demo',
      CompanyName: 'Forcewire',
      UserType: 'Standard',
      ...USER_LOCALE,
      IsActive: 1,
    },
    { asSystem: true },
  )
  records.actAs(id)
  // The sequence of Ids begins with the org's own.
  records.insert(
    'Organization',
    { Name: org.name, OrganizationType: 'Developer Edition', InstanceName: 'FW1' },
    { asSystem: true },
  )
  const [ProfileId = null] = PROFILES.map((Name) =>
    records.insert('Profile', { Name, UserType: 'Standard' }, { asSystem: true }),
  )
  const row = records.get('User', id) ?? {}
  records.table('User').change(row, { ...row, ProfileId, CreatedById: id, LastModifiedById: id })
}
