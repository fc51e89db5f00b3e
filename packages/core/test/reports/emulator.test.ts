import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type EmulatedOrg, emulatedOrg } from '../support/emulated-org.ts'

describe('reports, at the emulator', () => {
  let org: EmulatedOrg
  const ids: Record<string, string> = {}
  before(async () => {
    org = await emulatedOrg()
    const { salesforce } = org
    const { id: AccountId } = await salesforce.sobject('Account').create({ Name: 'Acme', AnnualRevenue: 5 })
    const deal = { AccountId, CloseDate: '2026-12-01', Amount: 100 }
    await salesforce.sobject('Opportunity').create({ ...deal, Name: 'One', StageName: 'Prospecting' })
    await salesforce.sobject('Opportunity').create({ ...deal, Name: 'Two', StageName: 'Closed Won' })
    for (const { name, id } of await salesforce.reports.list()) ids[name] = id
  })
  after(() => org[Symbol.asyncDispose]())

  it('give the rows of a tabular report', async () => {
    const { reports } = org.salesforce
    const id = ids['All Accounts'] ?? ''
    const { detailColumns } = (await reports.describe(id)).reportMetadata
    const report = await reports.run(id)
    const [row] = report.rows()
    assert.deepEqual(Object.keys(row ?? {}), detailColumns)
    assert.equal(row?.[detailColumns[0] ?? '']?.label, 'Acme')
    assert.equal(report.allData, true)
  })

  it('give the rows of a summary report with their group, run at once and in the background', async () => {
    const { reports } = org.salesforce
    const id = ids['Opportunities by Stage'] ?? ''
    for (const asynchronous of [false, true]) {
      const rows = (await reports.run(id, { asynchronous })).rows()
      assert.deepEqual(
        rows
          .map((row) =>
            Object.values(row)
              .map(({ label }) => label)
              .slice(0, 2),
          )
          .toSorted(),
        [
          ['Closed Won', 'Two'],
          ['Prospecting', 'One'],
        ],
      )
    }
    const [instance] = await reports.instances(id)
    assert.equal(instance?.status, 'Success')
    await reports.deleteInstance(id, instance?.id ?? '')
    assert.deepEqual(await reports.instances(id), [])
  })

  it('are filtered for one run', async () => {
    const id = ids['Opportunities by Stage'] ?? ''
    const { detailColumns } = (await org.salesforce.reports.describe(id)).reportMetadata
    const filters = [{ column: detailColumns[0] ?? '', operator: 'equals', value: 'Two' }]
    assert.equal((await org.salesforce.reports.run(id, { filters })).rows().length, 1)
  })

  it('have no rows without details', async () => {
    const report = await org.salesforce.reports.run(ids['All Accounts'] ?? '', { includeDetails: false })
    assert.throws(() => report.rows(), { code: 'ERR_SF_CONFIG' })
  })
})
