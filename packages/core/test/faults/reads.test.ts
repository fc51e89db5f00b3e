import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Salesforce, SalesforceError } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { hastyClient, underFire } from './misfortunes.ts'

/** What there is to read. */
interface Filled {
  readonly accountIds: readonly string[]
  readonly versionId: string
  readonly contentDocumentId: string
  readonly reportId: string
}

type Read = (salesforce: Salesforce, filled: Filled) => Promise<unknown>

const inPages = { batchSize: 200 }
const byName = 'SELECT Id, Name FROM Account ORDER BY Name'

const reads: Readonly<Record<string, Read>> = {
  'a query of several pages': (s) => s.query(byName, inPages).all(),
  'a query with child lists of several pages': (s) =>
    s.query('SELECT Id, (SELECT Id FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name LIMIT 2', inPages).all(),
  'a query that is too long for a URL': (s) =>
    s.query(`SELECT Id FROM Account WHERE Name NOT IN (${Array(3).fill(`'${'x'.repeat(3_000)}'`)})`).all(),
  'a count': (s) => s.count('SELECT COUNT() FROM Account'),
  'a search': (s) => s.search('FIND {row*} IN NAME FIELDS RETURNING Account(Id ORDER BY Name)'),
  'a search by words': (s) => s.parameterizedSearch({ q: 'row*', sobjects: [{ name: 'Account', limit: 3 }] }),
  'a record': (s, { accountIds: [id = ''] }) => s.sobject('Account').get(id),
  'records by their Ids': (s, { accountIds }) =>
    s.collections('Account').retrieve(Array.from({ length: 5 }, () => accountIds).flat(), ['Id', 'Name']),
  'related records': (s, { accountIds: [id = ''] }) => s.sobject('Account').related(id, 'Contacts').all(),
  'recent records': (s) => s.sobject('Account').recent(),
  'a describe': (s) => s.sobject('Account').describe(),
  'the list of objects': (s) => s.describeGlobal(),
  'record counts': (s) => s.recordCounts(['Account']),
  'plans of a query': (s) => s.explain(byName),
  actions: (s) => s.actions.list(),
  'a report': async (s, { reportId }) => (await s.reports.run(reportId)).rows(),
  'approval processes': (s) => s.approvals.list(),
  'versions of a file': (s, { contentDocumentId }) => s.files.versions(contentDocumentId).all(),
  'a batch of reads': (s, { accountIds }) => {
    const batch = s.batch()
    for (const id of accountIds.slice(0, 60)) batch.sobject('Account').get(id, { fields: ['Name'] })
    return batch.send()
  },
  'a composite of reads': async (s, { accountIds: [id = ''] }) => {
    const composite = s.composite()
    const account = composite.sobject('Account').get(id)
    const accounts = composite.query(byName, inPages)
    await composite.send()
    return [account.value, await accounts.value.all()]
  },
}

async function fill(emulator: Emulator): Promise<Filled> {
  await using salesforce = hastyClient(emulator)
  const oneByOne = { parallelCalls: 1 }
  const rows = Array.from({ length: 410 }, (_, index) => ({ Name: `row ${String(index).padStart(3, '0')}` }))
  const accountIds = (await salesforce.collections('Account').create(rows, oneByOne)).map(({ id = '' }) => id)
  const contacts = rows.map(({ Name }, index) => ({ LastName: Name, AccountId: accountIds[index % 2] ?? '' }))
  await salesforce.collections('Contact').create([...contacts, ...contacts], oneByOne)
  const data = new Uint8Array(100_000).fill(65)
  const { id: versionId, contentDocumentId = '' } = await salesforce.files.upload({ pathOnClient: 'a.txt', data })
  const [report] = await salesforce.reports.list()
  return { accountIds, versionId, contentDocumentId, reportId: report?.id ?? '' }
}

describe('a read, one of whose calls meets misfortune,', () => {
  let emulator: Emulator
  let filled: Filled
  const asItIs = async (): Promise<void> => {}

  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    filled = await fill(emulator)
  })
  after(() => emulator.close())

  for (const [name, read] of Object.entries(reads)) {
    it(`brings all of it in the end: ${name}`, async () => {
      let expected: unknown
      await underFire(emulator, asItIs, async (salesforce, blow) => {
        const found = await read(salesforce, filled)
        expected ??= found
        assert.deepEqual(found, expected, blow?.what)
      })
    })
  }

  it('brings all of it in the end or makes no job at all: a bulk query', async () => {
    let expected: unknown
    await underFire(emulator, asItIs, async (salesforce, blow) => {
      const found = salesforce.bulk.query(byName, { maxRecords: 200 }).all()
      const inTheEnd = blow?.call === 0 ? await found.catch((error: unknown) => error) : await found
      expected ??= inTheEnd
      if (!(inTheEnd instanceof SalesforceError)) assert.deepEqual(inTheEnd, expected, blow?.what)
      else assert.match(inTheEnd.message, /may have created an empty job/, blow?.what)
    })
  })

  it('never hands out a part as the whole: a download', async () => {
    let whole = 0
    await underFire(emulator, asItIs, async (salesforce, blow) => {
      if (blow?.what.endsWith('proxy')) return
      let bytes = 0
      const { body } = await salesforce.files.download(filled.versionId)
      const broken = await (async () => {
        for await (const chunk of body) bytes += chunk.length
      })().catch((error: unknown) => error)
      whole ||= bytes
      if (broken === undefined) assert.equal(bytes, whole, blow?.what)
      else assert.match(String(broken), /The answer from .* broke off/, blow?.what)
    })
  })
})
