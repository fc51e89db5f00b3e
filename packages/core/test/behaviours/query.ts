import assert from 'node:assert/strict'
import { ConfigurationError, soql } from '@forcewire/core'
import { createEmulator } from '@forcewire/emulator'
import { type Answer, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const page = (names: readonly string[], next?: number): Answer => ({
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
      const org = scriptedOrg([page(['a', 'b'], 2), page(['c', 'd'], 4), page(['e'])])
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
        const org = scriptedOrg([page(names)])
        assert.equal((await org.salesforce.query(select).all()).length, names.length)
        assert.equal(org.requests.length, 1)
      }
    },
  },
  49: {
    says: 'includeDeleted asks queryAll',
    async shows() {
      const org = scriptedOrg([page([])])
      await org.salesforce.query(select, { includeDeleted: true }).all()
      assert.match(org.requests[0]?.url ?? '', /\/services\/data\/v67\.0\/queryAll\?q=/)
    },
  },
  50: {
    says: 'a reader that stops early causes no call for pages it did not come near',
    async shows() {
      const org = scriptedOrg((_, index) => page([`${index}`], index + 1))
      for await (const _record of org.salesforce.query(select)) break
      assert.ok(org.requests.length <= 2, 'the first page, and one read ahead at most')
      const sent = org.requests.length
      await new Promise((resolve) => setImmediate(resolve))
      assert.equal(org.requests.length, sent)
      const unread = scriptedOrg([page([])])
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
      const { Salesforce, accessToken } = await import('@forcewire/core')
      await using salesforce = new Salesforce({
        auth: accessToken({ accessToken: emulator.credentials.accessToken, instanceUrl: emulator.url }),
      })
      const Name = `x\\' OR Name != '`
      await salesforce.sobject('Account').create({ Name })
      await salesforce.sobject('Account').create({ Name: 'another' })
      const found = await salesforce.query<{ Name: string }>(soql`SELECT Name FROM Account WHERE Name = ${Name}`).all()
      assert.deepEqual(
        found.map((record) => record.Name),
        [Name],
      )
    },
  },
}
