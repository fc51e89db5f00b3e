import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Org } from '../../src/org/org.ts'
import { QueryService } from '../../src/query/model.ts'
import { buildSchema } from '../../src/schema/build-schema.ts'
import { seedUser } from '../../src/seed/empty.ts'

/** SOQL may be 100,000 characters long, more than a URL carries: composite calls and bulk jobs bring such queries. */
describe('long queries', () => {
  let org: Org
  let service: QueryService
  before(() => {
    org = new Org({ schema: buildSchema({}), clock: Date, sessionSeconds: 60, seed: seedUser })
    for (const Name of ['x1', 'x2', 'other']) org.records.insert('Account', { Name })
    service = new QueryService(org)
  })
  after(() => org.close())

  const found = (where: string): number => {
    const soql = `SELECT Id FROM Account WHERE ${where}`
    return service.query({ soql, includeDeleted: false, batchSize: 2000, version: '67.0' }).totalSize
  }
  const names = Array.from({ length: 1500 }, (_, index) => `'x${index}'`)

  it('take thousands of values in a list', () => {
    assert.equal(found(`Name IN (${names.join(', ')})`), 2)
    assert.equal(found(`Name NOT IN (${names.join(', ')})`), 1)
  })

  it('take more values in a list than a statement of SQLite may bind', () => {
    const numbers = Array.from({ length: 33_000 }, () => '7').join(',')
    assert.equal(found(`NumberOfEmployees NOT IN (${numbers})`), 3)
    assert.equal(found(`NumberOfEmployees IN (${numbers})`), 0)
  })

  it('take thousands of conditions on one level', () => {
    assert.equal(found(names.map((name) => `Name = ${name}`).join(' OR ')), 2)
    assert.equal(found(names.map((name) => `Name != ${name}`).join(' AND ')), 1)
  })
})
