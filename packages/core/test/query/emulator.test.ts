import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { clientCredentials, formatSoql, Salesforce, soql } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import fc from 'fast-check'

type Account = { readonly Id: string; readonly Name: string }

describe('queries at the emulator', () => {
  let emulator: Emulator
  let salesforce: Salesforce
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    salesforce = new Salesforce({ auth: clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }) })
  })
  after(async () => {
    await salesforce.close()
    await emulator.close()
  })

  const create = async (Name: string): Promise<string> => (await salesforce.sobject('Account').create({ Name })).id

  const nasty = [
    "O'Neil",
    'back\\slash',
    "x\\' OR Name != '",
    "'; DROP TABLE Account; --",
    '"quoted"',
    '50%_off',
    'tab\tand\nline',
    'ends in \\',
    "'",
    'äöü 東京 😀',
    '{name} {{x}} %s $1',
    ':bind ?1 @p',
  ]
  for (const name of nasty) {
    it(`find exactly what is called ${JSON.stringify(name)}`, async () => {
      const id = await create(name)
      const queries = [
        soql`SELECT Id FROM Account WHERE Name = ${name}`,
        soql`SELECT Id FROM Account WHERE Name IN ${[name]}`,
        soql`SELECT Id FROM Account WHERE Name LIKE ${soql.like`${name}`}`,
        formatSoql("SELECT Id FROM Account WHERE Name LIKE '{name:like}' AND Name = {name}", { name }),
      ]
      for (const query of queries) {
        assert.deepEqual(
          (await salesforce.query<Account>(query).all()).map(({ Id }) => Id),
          [id],
          query,
        )
      }
    })
  }

  it('find what any text was written as', async () => {
    const words = fc.string({
      unit: fc.constantFrom('a', '\\', "'", '"', '%', '_', '{', '}', '\n', 'ü'),
      minLength: 1,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(words, async (word) => {
        // Salesforce trims names, so that the word stands between letters.
        const name = `x${word}x`
        const id = await create(name)
        const found = await salesforce.query<Account>(soql`SELECT Id, Name FROM Account WHERE Name = ${name}`).all()
        assert.ok(found.some(({ Id }) => Id === id))
        assert.ok(found.every(({ Name }) => Name.toLowerCase() === name.toLowerCase()))
      }),
      { numRuns: 60 },
    )
  })

  it('compare days, times, numbers, flags and null', async () => {
    const deal = { StageName: 'Prospecting', CloseDate: '2026-11-22', Amount: 1_250.5 }
    const { id } = await salesforce.sobject('Opportunity').create({ ...deal, Name: 'Deal' })
    const hourAgo = new Date(Date.now() - 3_600_000)
    const found = salesforce.query(soql`SELECT Id FROM Opportunity WHERE CloseDate = ${soql.date('2026-11-22')}
      AND Amount = ${1_250.5} AND IsClosed = ${false} AND NextStep = ${null} AND CreatedDate > ${hourAgo}
      AND LastModifiedDate > ${soql.dateTime(hourAgo)}`)
    assert.deepEqual(
      (await found.all()).map(({ Id }) => Id),
      [id],
    )
  })

  it('are counted, explained, read page by page and taken up again', async () => {
    const job = salesforce.bulk.ingest(
      { object: 'Contact', operation: 'insert' },
      Array.from({ length: 450 }, (_, index) => ({ LastName: `C${index}` })),
    )
    await job.run()
    assert.equal(await salesforce.count('SELECT COUNT() FROM Contact'), 450)
    assert.ok((await salesforce.explain('SELECT Id FROM Contact')).length > 0)
    const query = 'SELECT Id FROM Contact ORDER BY Id'
    const ids = (await salesforce.query<Account>(query).all()).map(({ Id }) => Id)
    const sizes: number[] = []
    let link: string | undefined
    for await (const page of salesforce.query(query, { batchSize: 200 }).pages()) {
      sizes.push(page.records.length)
      link ??= page.nextRecordsUrl
    }
    assert.deepEqual(sizes, [200, 200, 50])
    const rest = await salesforce.queryMore<Account>(link ?? '').all()
    assert.deepEqual(
      rest.map(({ Id }) => Id),
      ids.slice(200),
    )
  })

  it('are taken when they are too long for a URL', async () => {
    const name = 'long'.repeat(60)
    const id = await create(name)
    const names = [...Array.from({ length: 100 }, (_, index) => `${name}${index}`), name]
    const found = await salesforce.query<Account>(soql`SELECT Id FROM Account WHERE Name IN ${names}`).all()
    assert.deepEqual(
      found.map(({ Id }) => Id),
      [id],
    )
    await assert.rejects(salesforce.query(soql`SELECT Nope FROM Account WHERE Name IN ${names}`).all(), {
      errorCode: 'INVALID_FIELD',
    })
  })

  it('complete lists of child records that Salesforce cuts', async () => {
    const parent = await create('Parent')
    const rows = Array.from({ length: 450 }, (_, index) => ({ LastName: `Child${index}`, AccountId: parent }))
    await salesforce.bulk.ingest({ object: 'Contact', operation: 'insert' }, rows).run()
    const query = soql`SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = ${parent}`
    const [found] = await salesforce
      .query<{ Contacts: { records: unknown[]; done: boolean } }>(query, { batchSize: 200 })
      .all()
    assert.deepEqual([found?.Contacts.records.length, found?.Contacts.done], [450, true])
  })
})
