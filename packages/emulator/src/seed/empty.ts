import type { Org } from '../org/org.ts'
import { USER_LOCALE } from '../org/user-accounts.ts'

/** The user behind every session: an org without one cannot exist. */
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
  const row = records.get('User', id) ?? {}
  records.table('User').change(row, { ...row, CreatedById: id, LastModifiedById: id })
}
