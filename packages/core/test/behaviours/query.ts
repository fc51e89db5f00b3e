import assert from 'node:assert/strict'
import { accessToken, ConfigurationError, Salesforce, soql } from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'
import { type LoopbackAnswer, loopbackOrg } from '../support/loopback-org.ts'
import { instanceUrl } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const page = (names: readonly string[], next?: number): LoopbackAnswer => ({
  json: {
    totalSize: 5,
    done: next === undefined,
    records: names.map((Name) => ({ Name })),
    ...(next === undefined ? {} : { nextRecordsUrl: `/services/data/v67.0/query/01g-${next}` }),
  },
})
const select = 'SELECT Name FROM Account'

export const queryBehaviours: Behaviours = {
  47: {
    says: 'three pages give all records in order with three calls, the next link on the instance',
    async shows() {
      await using org = await loopbackOrg([page(['a', 'b'], 2), page(['c', 'd'], 4), page(['e'])])
      const records = await org.salesforce.query<{ Name: string }>(select).all()
      assert.equal(records.map(({ Name }) => Name).join(''), 'abcde')
      assert.deepEqual(
        org.requests.map(({ url }) => url),
        [`query?q=${encodeURIComponent(select)}`, 'query/01g-2', 'query/01g-4'].map(
          (path) => `${instanceUrl}/services/data/v67.0/${path}`,
        ),
      )
    },
  },
  48: {
    says: 'no, one and many records of one page come back',
    async shows() {
      for (const names of [[], ['a'], ['a', 'b', 'c']]) {
        await using org = await loopbackOrg([page(names)])
        const records = await org.salesforce.query<{ Name: string }>(select).all()
        assert.deepEqual(
          records.map(({ Name }) => Name),
          names,
        )
        assert.equal(org.requests.length, 1)
      }
    },
  },
  49: {
    says: 'includeDeleted asks queryAll',
    async shows() {
      await using org = await loopbackOrg([page([])])
      await org.salesforce.query(select, { includeDeleted: true }).all()
      await org.salesforce.query(select, { includeDeleted: false }).all()
      const roads = org.requests.map(({ url }) => new URL(url).pathname)
      assert.deepEqual(roads, ['/services/data/v67.0/queryAll', '/services/data/v67.0/query'])
    },
  },
  50: {
    says: 'a reader that stops early causes no call for pages it did not come near',
    async shows() {
      await using org = await loopbackOrg(({ url }, index) =>
        url.endsWith('/limits') ? { json: {} } : page([`${index}`], index + 1),
      )
      for await (const _record of org.salesforce.query(select)) break
      assert.ok(org.requests.length <= 2, 'the first page, and one read ahead at most')
      const sent = org.requests.length
      for (let trips = 0; trips < 3; trips += 1) await org.salesforce.limits()
      assert.equal(org.requests.length, sent + 3)
      await using unread = await loopbackOrg([page([])])
      unread.salesforce.query(select)
      assert.equal(unread.requests.length, 0)
    },
  },
  51: {
    says: 'values are quoted and escaped by their kind; lists in lists are refused; LIKE escapes its wildcards',
    async shows() {
      const written = (value: Parameters<typeof soql>[1]): string => soql`${value as never}`
      const at = new Date('2026-05-01T07:25:37.120Z')
      assert.equal(written('a\\b"c\'d\ne\rf\tg\bh\fi'), `'a\\\\b\\"c\\'d\\ne\\rf\\tg\\bh\\fi'`)
      assert.deepEqual([true, null, 1, 1.5, at].map(written), ['true', 'null', '1', '1.5', '2026-05-01T07:25:37.120Z'])
      assert.equal(written(soql.date(at) as never), '2026-05-01')
      assert.equal(written(['a', "b'", 3] as never), `('a','b\\'',3)`)
      assert.equal(written([] as never), '()')
      assert.throws(() => written([['a']] as never), ConfigurationError)
      assert.throws(() => written({} as never), ConfigurationError)
      assert.equal(String(soql.like`${'50%_'}%`), "'50\\%\\_%'")
      await using emulator = await createEmulator({ seed: 'empty' })
      const auth = accessToken({ accessToken: emulator.credentials.accessToken, instanceUrl: emulator.url })
      await using salesforce = new Salesforce({ auth })
      const names = [`x\\' OR Name != '`, 'tab\tand "quotes"', '50%_', '50 of 100']
      await salesforce.collections('Account').create(names.map((Name) => ({ Name })))
      const found = async (where: string): Promise<string[]> => {
        const records = salesforce.query<{ Name: string }>(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`)
        return (await records.all()).map(({ Name }) => Name)
      }
      for (const name of names) assert.deepEqual(await found(soql`Name = ${name}`), [name])
      assert.deepEqual((await found(soql`Name IN ${names.slice(0, 2)}`)).sort(), names.slice(0, 2).sort())
      assert.deepEqual(await found(soql`Name LIKE ${soql.like`${'50%_'}%`}`), ['50%_'])
      assert.equal((await found(soql`CreatedDate > ${at} AND IsDeleted = ${false} AND Industry = ${null}`)).length, 4)
    },
  },
}
