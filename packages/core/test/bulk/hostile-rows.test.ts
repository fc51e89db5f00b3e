import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { IngestOptions } from '../../src/bulk/ingest-options.ts'
import type { IngestSource } from '../../src/bulk/ingest-source.ts'
import { insert, org } from './scripted-ingest-org.ts'

const fail = (): never => {
  throw new TypeError('said by the row')
}
const hostile: Readonly<Record<string, () => object>> = {
  'a getter that throws': () => ({
    Id: '1',
    get Name() {
      return fail()
    },
  }),
  'a getter that throws a symbol': () => ({
    get Name() {
      throw Symbol('said')
    },
  }),
  'a proxy that throws': () => new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail }),
  'a proxy that was revoked': () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
  'a value that throws': () => ({ Name: new Proxy({}, { get: fail, has: fail, getPrototypeOf: fail }) }),
  'a toJSON that throws': () => ({ Name: { toJSON: fail } }),
}

describe('a row with', () => {
  for (const [what, make] of Object.entries(hostile)) {
    it(`${what} is a rejected row, and takes no other along`, async () => {
      for (const options of [insert, { ...insert, columns: ['Name'] }, { ...insert, maxRows: 1 }]) {
        const { connection, sent } = org()
        const rows = [{ Name: 'a' }, make(), { Name: 'b' }] as { Name: string }[]
        const load = createBulk(connection).ingest(options, rows)
        const { rows: count, processed, failed } = await load.run()
        assert.deepEqual([count, processed, failed], [3, 2, 1])
        assert.match(load.rejected[0]?.sf__Error ?? '', /^INVALID_VALUE:Row 2\b.*:--$/)
        const uploads = sent.filter(({ line }) => line.startsWith('PUT')).map(({ body }) => body)
        assert.deepEqual(uploads.join('').match(/^,?[ab],?$/gm)?.length, 2)
      }
    })
  }
})

it('a row that knows its own JSON is loaded as that says', async () => {
  const { connection, sent } = org()
  const rows = [{ secret: 1, toJSON: () => ({ Name: 'a' }) }, { Name: 'b' }] as never
  const { processed, failed } = await createBulk(connection).ingest(insert, rows).run()
  assert.deepEqual([processed, failed], [2, 0])
  assert.equal(sent.find(({ line }) => line.startsWith('PUT'))?.body, 'Name\na\nb\n')
})

it('a row whose keys are known is read once', async () => {
  let looks = 0
  const once = {
    get Name() {
      looks += 1
      return looks > 1 ? fail() : 'x'
    },
  }
  const { connection } = org()
  const load = createBulk(connection).ingest(insert, [{ Name: 'a' }, once])
  const { rows, failed } = await load.run()
  assert.deepEqual([rows, failed], [2, 0])
})

describe('the name of a column', () => {
  async function refused(source: IngestSource, options: Partial<IngestOptions> = {}): Promise<void> {
    const { connection, sent } = org()
    await assert.rejects(
      createBulk(connection)
        .ingest({ ...insert, ...options }, source)
        .run(),
      { code: 'ERR_SF_CONFIG', message: /^Column \d, ".*", must be named by a field, such as Code__c, / },
    )
    assert.equal(sent.length, 0)
  }

  for (const name of ['Kunde Nr.', ' Name', 'Name ', 'a/b', '1st', 'Owner.', '.Name', 'a..b', ':Owner.Name', 'a:b:c']) {
    it(`is no field, and refused before any request: ${JSON.stringify(name)}`, async () => {
      await refused([{ Code__c: '1', [name]: 'x' }])
      await refused([{ Name: 'x' }], { columns: ['Name', name] })
      await refused(`Code__c,${name}\n1,2\n`)
    })
  }

  it('may be that of a field, of a field of a parent, or of a parent of several objects', async () => {
    const columns = ['Name', 'Parent__r.Code__c', 'ns__Parent__r.ns__Code__c', 'User:Owner.Code__c']
    const { connection, sent } = org()
    await createBulk(connection).ingest(insert, `${columns.join()}\n1,2,3,4\n`).run()
    assert.ok(sent[1]?.body.startsWith(`${columns.join()}\n`))
  })

  it('may be anything in the input where rename says which field it is', async () => {
    const { connection, sent } = org()
    const rename = { 'Kunde Nr.': 'Code__c' }
    await createBulk(connection)
      .ingest({ ...insert, rename }, [{ 'Kunde Nr.': '1' }])
      .run()
    assert.equal(sent[1]?.body, 'Code__c\n1\n')
  })
})
