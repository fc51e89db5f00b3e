import type { Answer } from '../support/harness.ts'
import { recordedDescribe } from '../support/recorded.ts'
import type { AskedOrg, Exchange, Exchanges } from './asked-org.ts'
import type { RecordedRow } from './planting.ts'
import {
  accountContactRelation,
  book,
  caseComment,
  profile,
  schoolAccount,
  schoolFields,
  tutorCourse,
  whizbang,
} from './recorded-schemas.ts'

/** Plants what was answered and asks the recorded query, or `query` where the recording has none. */
function asked(query?: string): Exchange['ask'] {
  return async (org) => {
    await org.plant()
    return org.ask(query === undefined ? {} : { query })
  }
}

const CASES_WITH_PARENTS =
  'SELECT Id, CaseNumber, SystemModstamp, Account.Name, Account.SystemModstamp, Contact.Name, Contact.SystemModstamp FROM Case'

const ONE_WHIZBANG = `SELECT Checkbox_Label, Text_Label, Date_Label, DateTime_Label, Picklist_Multiselect_Label,
  ParentWhizbang__r.Name, ParentWhizbang__r.Text_Label, (SELECT Name FROM Whizbangs__r)
  FROM Whizbang WHERE Text_Label = 'Hi there!'`

/** Rows of the smallest page that an org can be asked for; the first page of the sample has one. */
const SMALLEST_PAGE = 200

const whizbangs = { org: () => ({ describes: [whizbang] }) }

/** Queries, their pages and their children. */
export const queries: Exchanges = {
  'cci-query-022': { ask: asked() },
  'cci-query-024': { ask: asked() },
  'cci-query-037': { ask: askAsFirstUser },
  'cci-query-038': { ask: asked() },
  'cci-query-042': { ask: asked() },
  'cci-query-043': { ask: asked() },
  'cci-query-046': { org: () => ({ describes: [recordedDescribe('cci-describe-contact')] }), ask: asked() },
  'nango-query-basic': { ask: askAmongMore },
  'nango-query-by-soql': { ask: askAmongMore },
  'nango-queryall': { ask: askAmongMore },
  'nango-query-batchsize-1000': { ask: askFirstThousand },
  'nango-query-cases': { ask: asked() },
  'nango-query-contacts': { ask: asked() },
  'nango-query-tickets': { ask: asked() },
  'nango-query-tickets-1': { org: () => ({ describes: [caseComment] }), ask: asked() },
  'nango-query-users': {
    org: () => ({ describes: [profile, recordedDescribe('fcnet-describe-user')] }),
    ask: askAsFirstUser,
  },
  'ncf-query-case': { ask: asked(CASES_WITH_PARENTS) },
  'ncf-query-case-one': { ask: asked(CASES_WITH_PARENTS) },
  'restforce-query-aggregate': { ask: askForSums },
  'restforce-query-page1': {
    ...whizbangs,
    ask: (org) => askForPage(org, 1),
    compared: (recorded) => ({
      ...recorded,
      totalSize: SMALLEST_PAGE + 1,
      records: Array.from({ length: SMALLEST_PAGE }, () => recorded.records[0]),
    }),
  },
  'restforce-query-page2': {
    ...whizbangs,
    ask: (org) => askForPage(org, 2),
    compared: (recorded) => ({ ...recorded, totalSize: SMALLEST_PAGE + 1 }),
  },
  'restforce-query-subquery': { ...whizbangs, ask: askForChildren },
  'sss-query-simple': { ask: asked('SELECT Id, Name, BillingCity FROM Account') },
  'sss-query-where': { ask: askByMailingCity },
  'vcr-query-account-address-parts': { org: schools, ask: askForSchool },
  'vcr-query-acr-1243': { org: () => ({ describes: [accountContactRelation] }), ask: asked() },
  'vcr-query-book': { org: () => ({ schema: { objects: [book] } }), ask: asked() },
  'vcr-query-custom-tutor-course': { org: () => ({ schema: { objects: [tutorCourse] } }), ask: asked() },
  'vcr-query-empty': { org: schools, ask: asked() },
}

/** One of the two pages of the sample, the first one with as many rows as a page has. */
async function askForPage(org: AskedOrg, page: 1 | 2): Promise<Answer> {
  const rows = Array.from({ length: SMALLEST_PAGE }, () => ({ Text_Label: 'First Page' }))
  await org.create('Whizbang', [...rows, { Text_Label: 'Last Page' }])
  const headers = { 'sforce-query-options': `batchSize=${SMALLEST_PAGE}` }
  const query = 'SELECT Text_Label FROM Whizbang ORDER BY Text_Label, Id'
  const path = '/services/data/v31.0/query'
  const first = await org.ask({ path, query, headers })
  return page === 1 ? first : org.ask({ path: first.json.nextRecordsUrl, headers })
}

function schools(): ReturnType<NonNullable<Exchange['org']>> {
  return { describes: [schoolAccount], schema: { fields: { Account: schoolFields } } }
}

async function askForSchool(org: AskedOrg): Promise<Answer> {
  const [RecordTypeId] = await org.create('RecordType', [
    { Name: 'School', DeveloperName: 'School', SobjectType: 'Account' },
  ])
  await org.plant(org.answer.records, { RecordTypeId })
  return org.ask()
}

/** The org's own user takes the place of the first one recorded. */
async function askAsFirstUser(org: AskedOrg): Promise<Answer> {
  const [first, ...others] = org.answer.records.map(withDomain)
  await org.becomeUser(first)
  await org.plant(others)
  return org.ask()
}

/** The users that Salesforce itself made have addresses that it takes from nobody. */
function withDomain(row: RecordedRow): RecordedRow {
  const { Email } = row
  return typeof Email === 'string' && !Email.split('@')[1]?.includes('.') ? { ...row, Email: `${Email}.example` } : row
}

/** In the sample the child of a Whizbang is of another object, that no children of a Whizbang can be of. */
async function askForChildren(org: AskedOrg): Promise<Answer> {
  const { answer } = org
  for (const child of answer.records[0].Whizbangs__r.records) child.attributes.type = 'Whizbang'
  await org.plant(answer.records)
  return org.ask({ query: ONE_WHIZBANG })
}

/** The recorded LIMIT leaves out records that came later. */
async function askAmongMore(org: AskedOrg): Promise<Answer> {
  await org.plant()
  await org.create('Account', [{ Name: 'One too many' }])
  return org.ask()
}

async function askFirstThousand(org: AskedOrg): Promise<Answer> {
  const { totalSize, records } = org.answer
  await org.plant()
  const rest = Array.from({ length: totalSize - records.length }, (_, index) => ({ Name: `Account ${index}` }))
  await org.create('Account', rest)
  return org.ask({ headers: { 'sforce-query-options': 'batchSize=1000' } })
}

async function askByMailingCity(org: AskedOrg): Promise<Answer> {
  await org.plant(org.answer.records, { LastName: 'Ulus', MailingCity: 'Istanbul' })
  await org.create('Contact', [{ LastName: 'Ulus', MailingCity: 'Ankara' }])
  return org.ask({ query: org.answer.debug })
}

async function askForSums(org: AskedOrg): Promise<Answer> {
  const [small, large] = await org.create('Campaign', [{ Name: 'small' }, { Name: 'large' }])
  const sums = [
    [large, 100],
    [large, 200],
    [small, 100],
    [null, 400],
  ]
  await org.create(
    'Opportunity',
    sums.map(([CampaignId, Amount]) => ({ Name: 'O', StageName: 'A', CloseDate: '2026-01-01', CampaignId, Amount })),
  )
  const query =
    'SELECT CampaignId, SUM(Amount) FROM Opportunity GROUP BY CampaignId ORDER BY CampaignId DESC NULLS LAST'
  return org.ask({ query })
}
