import type { Answer } from '../support/harness.ts'
import { recordedDescribe } from '../support/recorded.ts'
import type { AskedOrg, Exchange, Exchanges } from './asked-org.ts'
import { recordedId } from './planting.ts'
import { customObject, samplePersonFields, stateCodes, teacherLeadFields, whizbang } from './recorded-schemas.ts'

const whizbangs = { org: () => ({ describes: [whizbang] }) }
const customObjects = { org: () => ({ schema: { objects: [customObject] } }) }

/** Single records and searches. */
export const records: Exchanges = {
  'doc-upsert-post-id': { ask: (org) => org.ask() },
  'nango-create-201': { ask: (org) => org.ask() },
  'nango-delete-204': {
    ask: async (org) => {
      await createAs(org, 'Account', { Name: 'To be deleted' })
      return org.ask()
    },
  },
  'nango-get-record-account': {
    org: () => ({ describes: [recordedDescribe('nango-describe-account-v58'), stateCodes] }),
    ask: async (org) => {
      await plantViewed(org)
      return org.ask()
    },
  },
  'nango-sosl-empty': { ask: (org) => org.ask() },
  'nango-upsert-created-201': { ask: (org) => org.ask() },
  'ncf-account': { org: samplePeople, ask: askForFields },
  'ncf-contact': { org: samplePeople, ask: askForFields },
  'ncf-user': {
    org: () => ({ describes: [recordedDescribe('fcnet-describe-user')] }),
    ask: async (org) => {
      await org.becomeUser(org.answer)
      await view(org)
      return org.ask({ path: `/services/data/v41.0/sobjects/User/${recordedId(org.answer)}` })
    },
  },
  'restforce-create-ok': { ...whizbangs, ask: (org) => org.ask({ body: { Text_Label: 'New' } }) },
  'restforce-search': {
    ...whizbangs,
    ask: async (org) => {
      await org.plant(org.answer, { Name: 'Found' })
      return org.ask({ query: 'FIND {Found} RETURNING Whizbang(Id)' })
    },
  },
  'restforce-upsert-created': { ...whizbangs, ask: (org) => org.ask({ body: { Text_Label: 'New' } }) },
  'sss-search': {
    ask: async (org) => {
      await org.plant(org.answer.slice(0, 2), { LastName: 'Found' })
      await org.plant(org.answer.slice(2), { Name: 'Found' })
      // The bare list is that of versions before v37.0, whatever the sample's test asks.
      const path = org.recorded.request.path.replace('v37.0', 'v36.0')
      return org.ask({ path, query: 'FIND {Found} RETURNING Contact(Id), Account(Id)' })
    },
  },
  'vcr-create-lead-201': { org: () => ({ schema: { fields: { Lead: teacherLeadFields } } }), ask: (org) => org.ask() },
  'vcr-patch-204': {
    ...customObjects,
    ask: async (org) => {
      await createAs(org, 'CustomObject__c', { Name: 'Lonely' })
      const [friend = ''] = await org.create('Contact', [{ LastName: 'Friend' }])
      org.same('0031a000005hwVGAAY', friend)
      return org.ask()
    },
  },
  'vcr-upsert-201-no-created': { ...customObjects, ask: askOldVersion },
  'vcr-upsert-204': {
    ...customObjects,
    ask: async (org) => {
      await org.create('CustomObject__c', [{ Name: 'Old', SynchronizationId__c: 'CustomObject::1' }])
      return askOldVersion(org)
    },
  },
}

/** Creates the record that the recorded path addresses. */
async function createAs(org: AskedOrg, object: string, fields: object): Promise<void> {
  const [id = ''] = await org.create(object, [fields])
  org.same(org.recorded.request.path.split('/').at(-1) ?? '', id)
}

function samplePeople(): ReturnType<NonNullable<Exchange['org']>> {
  const describes = ['nango-describe-account-v58', 'cci-describe-contact'].map(recordedDescribe)
  return { describes, schema: { fields: samplePersonFields } }
}

async function askForFields(org: AskedOrg): Promise<Answer> {
  await plantViewed(org)
  return askForRecordedFields(org)
}

/** The recorded record had been looked at and referred to before. */
async function plantViewed(org: AskedOrg): Promise<void> {
  await org.plant([org.answer])
  await view(org)
}

async function view(org: AskedOrg): Promise<void> {
  for (const what of ['VIEW', 'REFERENCE']) {
    await org.send('GET', `/services/data/v62.0/query?q=SELECT+Id+FROM+${org.answer.attributes.type}+FOR+${what}`)
  }
}

/** The path of the sample stops at the first characters of an Id; its fields are those of its own org. */
function askForRecordedFields(org: AskedOrg): Promise<Answer> {
  const { attributes, ...fields } = org.answer
  const road = `/services/data/v41.0/sobjects/${attributes.type}/${recordedId(org.answer)}`
  return org.ask({ path: `${road}?fields=${Object.keys(fields).join(',')}` })
}

/** The shapes of an upsert before v46.0, whose version the recorder took away. */
function askOldVersion(org: AskedOrg): Promise<Answer> {
  return org.ask({ path: org.recorded.request.path.replace('<api_version>', 'v41.0') })
}
