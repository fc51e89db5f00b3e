import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { QueryJobService } from '../../src/bulk/query-model.ts'
import { Workspace } from '../../src/bulk/workspace.ts'
import { Org } from '../../src/org/org.ts'
import { buildSchema } from '../../src/schema/build-schema.ts'
import { seedUser } from '../../src/seed/empty.ts'

const ORDER = { operation: 'query', version: '67.0', columnDelimiter: 'COMMA', lineEnding: 'LF' } as const

describe('result pages of a query job', () => {
  let org: Org
  const workspace = new Workspace()
  let service: QueryJobService
  let jobId = ''
  before(async () => {
    org = new Org({ schema: buildSchema({}), clock: Date, sessionSeconds: 60, seed: seedUser })
    for (let row = 0; row < 13; row += 1) org.records.insert('Account', { Name: `Row ${row}` })
    org.pace = { reads: 1 }
    service = new QueryJobService(org, workspace, 2)
    jobId = service.create({ ...ORDER, query: 'SELECT Name FROM Account' }).id
    assert.equal((await service.read(jobId)).state, 'JobComplete')
  })
  after(() => {
    workspace.close()
    org.close()
  })

  it('come five an answer, and together hold every row once', async () => {
    const answers: number[] = []
    const names = new Set<string>()
    let locator: string | undefined
    do {
      const { pages, next } = service.resultPages(jobId, '67.0', locator)
      answers.push(pages.length)
      for (const page of pages) {
        for await (const text of service.results(jobId, '67.0', { locator: page }).csv) {
          for (const line of String(text).trim().split('\n')) if (line !== '"Name"') names.add(line)
        }
      }
      locator = next
    } while (locator !== undefined)
    assert.deepEqual(answers, [5, 2])
    assert.equal(names.size, 13)
  })

  it('keep the rows of the time when the job ran', async () => {
    org.records.insert('Account', { Name: 'Late' })
    assert.equal((await service.read(jobId)).processed, 13)
    assert.equal(service.resultPages(jobId, '67.0', undefined).pages.length, 5)
    assert.equal(service.results(jobId, '67.0', { maxRecords: 100 }).rows, 13)
  })

  it('are read in slices with other work in between, each record once and in its order', async () => {
    const rows = 5000
    org.records.transaction(() => {
      for (let row = 0; row < rows; row += 1)
        org.records.insert('Contact', { LastName: `${rows - row}`.padStart(4, '0') })
    })
    const { id } = service.create({ ...ORDER, query: 'SELECT LastName FROM Contact ORDER BY LastName' })
    let turns = 0
    let done = false
    const count = (): void => {
      turns += 1
      if (!done) setImmediate(count)
    }
    setImmediate(count)
    await service.read(id)
    done = true
    assert.ok(turns >= rows / 1000, `${turns} turns`)
    let text = ''
    for await (const piece of service.results(id, '67.0', { maxRecords: rows }).csv) text += piece
    const names = text.trimEnd().split('\n').slice(1)
    assert.equal(names.length, rows)
    assert.deepEqual(names, names.toSorted())
  })

  it('leave out what no longer matches when it is read', async () => {
    const { id } = service.create({ ...ORDER, query: "SELECT Id FROM Contact WHERE LastName != 'gone'" })
    const last = org.database.prepare('SELECT max(Id) AS id FROM Contact').get()
    setImmediate(() => org.records.update('Contact', String(last?.id), { LastName: 'gone' }))
    assert.equal((await service.read(id)).processed, 4999)
  })
})
