import assert from 'node:assert/strict'
import { type CaseTest, type CaseTests, replay } from '../replay.ts'

function object(name: string, fields: number, more: (describe: never) => void = () => {}): CaseTest {
  return {
    holds: `${fields} fields of ${name} come back as sent`,
    async play(id) {
      await using org = await replay(id)
      const describe = await org.salesforce.sobject(name).describe()
      assert.deepEqual(describe, org.json)
      assert.equal(describe.fields.length, fields)
      assert.equal(describe.name, name)
      more(describe as never)
      org.assertAsRecorded()
    },
  }
}

function all(count: number): CaseTest {
  return {
    holds: `${count} objects come back as sent`,
    async play(id) {
      await using org = await replay(id)
      const describe = await org.salesforce.describeGlobal()
      assert.deepEqual(describe, org.json)
      assert.equal(describe.sobjects.length, count)
      org.assertAsRecorded()
    },
  }
}

export const describeCases: CaseTests = {
  'doc-304-describe': {
    holds: 'a describe that has not changed is undefined to who asked so',
    async play(id) {
      await using org = await replay(id)
      const ifModifiedSince = new Date('2026-11-22T00:00:00Z')
      assert.equal(await org.salesforce.sobject('Merchandise__c').describe({ ifModifiedSince }), undefined)
      org.assertAsRecorded()
      assert.equal(org.sent[0]?.headers['if-modified-since'], 'Sun, 22 Nov 2026 00:00:00 GMT')
    },
  },
  'cci-describe-case': object('Case', 35),
  'cci-describe-contact': object('Contact', 59),
  'cci-describe-global': all(110),
  'cci-describe-personaccount': object('Account', 250),
  'fcnet-describe-user': object('User', 103),
  'nango-describe-account-v58': object('Account', 70),
  'sss-describe-account': object('Account', 45),
  'sss-describe-global': all(160),
}
