import { base, en, Faker, generateMersenne32Randomizer } from '@faker-js/faker'
import type { Org } from '../org/org.ts'
import type { RecordInput } from '../records/field-input.ts'
import type { ObjectSchema } from '../schema/types.ts'
import { seedUser } from './empty.ts'
import { seedSales } from './sales.ts'

const ACCOUNTS = 100
const CONTACTS = 200
const LEADS = 50
const OPPORTUNITIES = 150
const CASES = 100
const TASKS = 50
/** Queues that the assignment rules of leads and cases give records to. */
const QUEUES = [
  ['Web Leads', 'Web_Leads'],
  ['Support', 'Support'],
] as const
/** Invented dates lie in the two years before this one, so that the data never changes. */
const REFERENCE_DATE = '2026-06-30T00:00:00.000Z'

/** Fills an org with some hundred related records, the same ones every time. */
export function seedDemo(org: Org): void {
  seedUser(org)
  for (const [Name, DeveloperName] of QUEUES) org.records.insert('Group', { Name, DeveloperName, Type: 'Queue' })
  const people = new DemoPeople(org)
  // A described object may require fields that the demo knows nothing of.
  const add = (object: string, input: RecordInput): string => org.records.insert(object, input, { asSystem: true })
  const accounts = times(ACCOUNTS, (index) => add('Account', people.account(index)))
  const contacts = times(CONTACTS, () => add('Contact', people.contact(accounts)))
  times(LEADS, () => add('Lead', people.lead()))
  const opportunities = times(OPPORTUNITIES, () => add('Opportunity', people.opportunity(accounts)))
  times(CASES, () => add('Case', people.case(contacts)))
  times(TASKS, () => add('Task', people.task(contacts, opportunities)))
  seedSales(org, { contacts, opportunities })
}

/** Invents the demo records, in an order of draws that never changes. */
class DemoPeople {
  readonly #org: Org
  readonly #faker: Faker

  constructor(org: Org) {
    this.#org = org
    // Only the English words: the whole of faker's locales would take a second to load.
    this.#faker = new Faker({ locale: [en, base], randomizer: generateMersenne32Randomizer() })
    this.#faker.seed(20_260_630)
    this.#faker.setDefaultRefDate(REFERENCE_DATE)
  }

  account(index: number): RecordInput {
    const { company, location, number, helpers } = this.#faker
    return {
      Name: company.name(),
      Type: this.#oneOf('Account', 'Type'),
      Industry: this.#oneOf('Account', 'Industry'),
      Rating: this.#oneOf('Account', 'Rating'),
      Phone: this.#phone(),
      Website: `https://account-${index + 1}.example`,
      AnnualRevenue: number.int({ min: 1, max: 900 }) * 100_000,
      NumberOfEmployees: number.int({ min: 3, max: 20_000 }),
      BillingStreet: location.streetAddress(),
      BillingCity: location.city(),
      BillingState: location.state({ abbreviated: true }),
      BillingPostalCode: location.zipCode('#####'),
      BillingCountry: 'USA',
      AccountNumber: `A-${1000 + index}`,
      External_Id__c: `DEMO-${String(index + 1).padStart(4, '0')}`,
      // Pairs share a legacy id, so that an upsert by it meets two records.
      Legacy_Id__c: `OLD-${Math.floor(index / 2) + 1}`,
      Interests__c:
        helpers.arrayElements(this.#values('Account', 'Interests__c'), { min: 0, max: 3 }).join(';') || null,
    }
  }

  contact(accounts: readonly string[]): RecordInput {
    const { person, date, helpers } = this.#faker
    const [FirstName, LastName] = [person.firstName(), person.lastName()]
    return {
      FirstName,
      LastName,
      Salutation: this.#oneOf('Contact', 'Salutation'),
      AccountId: helpers.arrayElement(accounts),
      Email: this.#email(FirstName, LastName),
      Phone: this.#phone(),
      Title: person.jobTitle().slice(0, 128),
      Department: person.jobArea(),
      Birthdate: date.birthdate({ min: 20, max: 65, mode: 'age' }).toISOString().slice(0, 10),
      LeadSource: this.#oneOf('Contact', 'LeadSource'),
    }
  }

  lead(): RecordInput {
    const { person, company } = this.#faker
    const [FirstName, LastName] = [person.firstName(), person.lastName()]
    return {
      FirstName,
      LastName,
      Company: company.name(),
      Email: this.#email(FirstName, LastName),
      Status: this.#oneOf('Lead', 'Status'),
      LeadSource: this.#oneOf('Lead', 'LeadSource'),
      Rating: this.#oneOf('Lead', 'Rating'),
    }
  }

  opportunity(accounts: readonly string[]): RecordInput {
    const { commerce, date, number, helpers } = this.#faker
    return {
      Name: commerce.productName(),
      AccountId: helpers.arrayElement(accounts),
      StageName: this.#oneOf('Opportunity', 'StageName'),
      Type: this.#oneOf('Opportunity', 'Type'),
      Amount: number.int({ min: 5, max: 2000 }) * 250,
      CloseDate: date.between({ from: '2025-07-01', to: '2027-06-30' }).toISOString().slice(0, 10),
    }
  }

  case(contacts: readonly string[]): RecordInput {
    const { hacker, helpers } = this.#faker
    const ContactId = helpers.arrayElement(contacts)
    return {
      ContactId,
      AccountId: this.#org.records.get('Contact', ContactId)?.AccountId ?? null,
      Subject: hacker.phrase().slice(0, 255),
      Status: this.#oneOf('Case', 'Status'),
      Priority: this.#oneOf('Case', 'Priority'),
      Origin: this.#oneOf('Case', 'Origin'),
      Reason: this.#oneOf('Case', 'Reason'),
    }
  }

  task(contacts: readonly string[], opportunities: readonly string[]): RecordInput {
    const { helpers, date } = this.#faker
    return {
      Subject: helpers.arrayElement(['Call', 'Email', 'Send quote', 'Meeting']),
      WhoId: helpers.arrayElement(contacts),
      WhatId: helpers.arrayElement(opportunities),
      Status: this.#oneOf('Task', 'Status'),
      Priority: this.#oneOf('Task', 'Priority'),
      ActivityDate: date.between({ from: '2026-01-01', to: '2026-12-31' }).toISOString().slice(0, 10),
    }
  }

  #oneOf(object: ObjectSchema['name'], field: string): string | null {
    const values = this.#values(object, field)
    return values.length === 0 ? null : this.#faker.helpers.arrayElement(values)
  }

  #values(object: string, field: string): string[] {
    return (this.#org.schema.field(object, field)?.picklistValues ?? []).map((entry) => entry.value)
  }

  #phone(): string {
    return `(555) ${this.#faker.string.numeric(3)}-${this.#faker.string.numeric(4)}`
  }

  #email(first: string, last: string): string {
    const local = `${first}.${last}`.toLowerCase().replace(/[^a-z.]/g, '')
    return `${local}@${this.#faker.internet.domainWord()}.example`
  }
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
