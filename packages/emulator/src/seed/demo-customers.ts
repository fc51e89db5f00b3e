import type { RecordInput } from '../records/field-input.ts'
import { type DemoOrg, times } from './demo-org.ts'

const ACCOUNTS = 300
const CONTACTS = 600
const LEADS = 300

/** Accounts, some of them with a parent, their contacts, and leads. */
export function addCustomers(org: DemoOrg): void {
  times(ACCOUNTS, (index) => {
    const ownerId = org.invent.pick(org.sellers)
    const id = org.add('Account', account(org, index, ownerId))
    org.accounts.push({ id, ownerId, contacts: [], opportunities: [] })
  })
  // The first contact of each account makes sure that none is without.
  times(CONTACTS, (index) => {
    const employer = org.accounts[index] ?? org.invent.pick(org.accounts)
    const ReportsToId = employer.contacts[0] ?? null
    const id = org.add('Contact', { ...contact(org), AccountId: employer.id, ReportsToId, OwnerId: employer.ownerId })
    employer.contacts.push(id)
  })
  times(LEADS, () => org.leads.push(org.add('Lead', lead(org))))
}

function account({ invent, accounts }: DemoOrg, index: number, OwnerId: string): RecordInput {
  const interests = invent.values('Account', 'Interests__c')
  return {
    Name: invent.faker.company.name(),
    Type: invent.oneOf('Account', 'Type'),
    Industry: invent.oneOf('Account', 'Industry'),
    Rating: invent.oneOf('Account', 'Rating'),
    AccountSource: invent.oneOf('Account', 'AccountSource'),
    ParentId: index > 0 && invent.chance(0.1) ? invent.pick(accounts).id : null,
    Phone: invent.phone(),
    Website: `https://account-${index + 1}.example`,
    AnnualRevenue: invent.number(1, 900) * 100_000,
    NumberOfEmployees: invent.number(3, 20_000),
    ...invent.address('Billing'),
    AccountNumber: `A-${1000 + index}`,
    External_Id__c: `DEMO-${String(index + 1).padStart(4, '0')}`,
    // Pairs share a legacy id, so that an upsert by it meets two records.
    Legacy_Id__c: `OLD-${Math.floor(index / 2) + 1}`,
    Interests__c: invent.faker.helpers.arrayElements(interests, { min: 0, max: 3 }).join(';') || null,
    OwnerId,
  }
}

function contact({ invent }: DemoOrg): RecordInput {
  const { person, date } = invent.faker
  return {
    ...invent.person(),
    Salutation: invent.oneOf('Contact', 'Salutation'),
    Phone: invent.phone(),
    MobilePhone: invent.chance(0.6) ? invent.phone() : null,
    Title: person.jobTitle().slice(0, 128),
    Department: person.jobArea(),
    Birthdate: date.birthdate({ min: 20, max: 65, mode: 'age' }).toISOString().slice(0, 10),
    LeadSource: invent.oneOf('Contact', 'LeadSource'),
    ...invent.address('Mailing'),
  }
}

/** Half of the leads are still open; open ones from the web wait in their queue. */
function lead({ invent, queues, sellers }: DemoOrg): RecordInput {
  const { person, company } = invent.faker
  const open = invent.chance(0.5)
  const LeadSource = invent.oneOf('Lead', 'LeadSource')
  const queue = open && LeadSource === 'Web' ? queues.get('Web_Leads') : undefined
  return {
    ...invent.person(),
    Company: company.name(),
    Title: person.jobTitle().slice(0, 128),
    Phone: invent.phone(),
    Status: invent.oneOf(
      'Lead',
      'Status',
      (status) => status !== 'Closed - Converted' && status.startsWith('Open') === open,
    ),
    Industry: invent.oneOf('Lead', 'Industry'),
    LeadSource,
    Rating: invent.oneOf('Lead', 'Rating'),
    ...invent.address(''),
    OwnerId: queue ?? invent.pick(sellers),
  }
}
