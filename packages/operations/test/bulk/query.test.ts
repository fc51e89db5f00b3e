import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '@forcewire/operations'
import { openOrg } from '../support/org.ts'

const soql = "SELECT Name, NumberOfEmployees FROM Account WHERE External_Id__c LIKE 'DEMO-000%'"

test('values are typed, or all text', async () => {
  await using org = await openOrg()
  const kinds = async (values: string): Promise<unknown[]> => {
    const rows = await org.run('bulk.query', { soql, values })
    return [...new Set(rows.flatMap(({ NumberOfEmployees: value }) => (value === null ? [] : [typeof value])))]
  }
  assert.deepEqual(await kinds('typed'), ['number'])
  assert.deepEqual(await kinds('text'), ['string'])
})

test('a query that is split by ranges of Ids gives the same records by several jobs', async () => {
  await using org = await openOrg()
  const names = async (idRanges: boolean): Promise<unknown[]> =>
    (await org.run('bulk.query', { soql, idRanges })).map(({ Name }) => Name).sort()
  const whole = await names(false)
  assert.ok(whole.length > 0)
  const jobs = (): number =>
    org.emulator.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/jobs/query')).length
  assert.equal(jobs(), 1)
  assert.deepEqual(await names(true), whole)
  assert.ok(jobs() > 2)
})

test('a query that cannot be split is refused in the words of a flow', async () => {
  await using org = await openOrg()
  const refused: unknown = await org
    .run('bulk.query', { soql: `${soql} LIMIT 5`, idRanges: true })
    .catch((error) => error)
  assert.match(
    explain(refused).message,
    /^Split by ID Ranges cannot split a query with LIMIT, .* Leave LIMIT out, or the option Split by ID Ranges\.$/,
  )
})
