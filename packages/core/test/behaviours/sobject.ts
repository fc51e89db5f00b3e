import assert from 'node:assert/strict'
import {
  ApiError,
  ConfigurationError,
  DuplicateError,
  LimitError,
  MultipleMatchesError,
  NotFoundError,
  SessionError,
} from '@forcewire/core'
import { type LoopbackAnswer, type LoopbackOrg, loopbackOrg } from '../support/loopback-org.ts'
import { errors, instanceUrl } from '../support/scripted-org.ts'
import type { Behaviours } from './behaviour.ts'

const saved: LoopbackAnswer = { status: 201, json: { id: '001', success: true, errors: [], created: true } }
const data = `${instanceUrl}/services/data/v67.0/sobjects`

/** Method, address below the objects, and body of the only request. */
function sentBy(org: LoopbackOrg): string {
  assert.equal(org.requests.length, 1)
  const { method = '', url = '', body = '' } = org.requests[0] ?? {}
  return [method, url.replace(data, ''), body].join(' ').trim()
}

export const sobjectBehaviours: Behaviours = {
  52: {
    says: 'create posts JSON and answers the Id',
    async shows() {
      await using org = await loopbackOrg([saved])
      assert.equal((await org.salesforce.sobject('Account').create({ Name: 'A' })).id, '001')
      assert.equal(sentBy(org), 'POST /Account {"Name":"A"}')
      assert.equal(org.requests[0]?.headers['content-type'], 'application/json')
    },
  },
  53: {
    says: 'get reads by Id, by external ID, and only the fields that are asked for',
    async shows() {
      const read = async (...args: Parameters<ReturnType<typeof accounts>['get']>): Promise<string> => {
        await using org = await loopbackOrg([{ json: { Id: '001' } }])
        assert.deepEqual(await accounts(org).get(...args), { Id: '001' })
        return sentBy(org)
      }
      assert.equal(await read('001000000000000AAA'), 'GET /Account/001000000000000AAA')
      assert.equal(await read({ Code__c: 'A-1' }), 'GET /Account/Code__c/A-1')
      assert.equal(
        await read('001000000000000AAA', { fields: ['Id', 'Name'] }),
        'GET /Account/001000000000000AAA?fields=Id%2CName',
      )
      assert.equal(await read('001000000000000AAA', { fields: [] }), 'GET /Account/001000000000000AAA')
    },
  },
  54: {
    says: 'update is PATCH and delete is DELETE, by Id or external ID, and both take 204',
    async shows() {
      const done: LoopbackAnswer = { status: 204 }
      await using updated = await loopbackOrg([done])
      assert.equal(await accounts(updated).update('001000000000000AAA', { Name: 'A' }), undefined)
      assert.equal(sentBy(updated), 'PATCH /Account/001000000000000AAA {"Name":"A"}')
      await using deleted = await loopbackOrg([done])
      assert.equal(await accounts(deleted).delete('001000000000000AAA'), undefined)
      assert.equal(sentBy(deleted), 'DELETE /Account/001000000000000AAA')
      await using byKey = await loopbackOrg([done])
      await accounts(byKey).delete({ Code__c: 'A-1' })
      assert.equal(sentBy(byKey), 'DELETE /Account/Code__c/A-1')
      await using changed = await loopbackOrg([done])
      await accounts(changed).update({ Code__c: 'A-1' }, { Name: 'A' })
      assert.equal(sentBy(changed), 'PATCH /Account/Code__c/A-1?updateOnly=true {"Name":"A"}')
    },
  },
  55: {
    says: 'upsert leaves the key out of the body and the record of the caller alone; contradictions send nothing',
    async shows() {
      await using org = await loopbackOrg([saved])
      const record = { Code__c: 'A-1', Name: 'A' }
      const result = await accounts(org).upsert({ Code__c: 'A-1' }, record)
      assert.deepEqual([result.id, result.created], ['001', true])
      assert.equal(sentBy(org), 'PATCH /Account/Code__c/A-1 {"Name":"A"}')
      assert.deepEqual(record, { Code__c: 'A-1', Name: 'A' })
      await using refused = await loopbackOrg([saved])
      for (const wrong of [{ Code__c: 'B' }, 'text', null, [1]]) {
        await assert.rejects(accounts(refused).upsert({ Code__c: 'A-1' }, wrong as never), ConfigurationError)
      }
      assert.equal(refused.requests.length, 0)
      await using unchecked = await loopbackOrg([saved])
      await accounts(unchecked).upsert({ Code__c: 'A-1' }, { Code__c: 'B' }, { validate: false })
      assert.equal(sentBy(unchecked), 'PATCH /Account/Code__c/A-1 {"Code__c":"B"}')
      await using same = await loopbackOrg([saved])
      await accounts(same).upsert({ Code__c: 12 }, { Code__c: '12', Name: 'A' })
      assert.equal(sentBy(same), 'PATCH /Account/Code__c/12 {"Name":"A"}')
      await using existing = await loopbackOrg([{ json: { id: '001', success: true, errors: [], created: false } }])
      assert.equal((await accounts(existing).upsert({ Code__c: 'A-1' }, {})).created, false)
    },
  },
  56: {
    says: 'external IDs are percent-encoded in every call, and an Id that is none is never sent as it is',
    async shows() {
      const key = { Code__c: 'a/b?c#d e%' }
      const path = '/Account/Code__c/a%2Fb%3Fc%23d%20e%25'
      const calls = [
        (org: LoopbackOrg) => accounts(org).get(key),
        (org: LoopbackOrg) => accounts(org).delete(key),
        (org: LoopbackOrg) => accounts(org).upsert(key, {}),
      ]
      for (const [index, call] of calls.entries()) {
        await using org = await loopbackOrg([{ ...saved, status: 200 }])
        await call(org)
        assert.equal(sentBy(org), [`GET ${path}`, `DELETE ${path}`, `PATCH ${path} {}`][index])
      }
      await using org = await loopbackOrg([{ status: 204 }])
      await accounts(org)
        .delete('001/x?y#z')
        .catch((error: unknown) => assert.ok(error instanceof ConfigurationError))
      assert.ok(org.requests.every(({ url }) => url === `${data}/Account/001%2Fx%3Fy%23z`))
    },
  },
  57: {
    says: '300 is an error that names the candidates',
    async shows() {
      const candidates = ['/services/data/v67.0/sobjects/Account/001A', '/services/data/v67.0/sobjects/Account/001B']
      await using org = await loopbackOrg([{ status: 300, json: candidates }])
      const key = { Code__c: 'A-1' }
      for (const call of [accounts(org).get(key), accounts(org).upsert(key, {}), accounts(org).delete(key)]) {
        await assert.rejects(call, (error) => {
          assert.ok(error instanceof MultipleMatchesError)
          assert.deepEqual(error.candidates, candidates)
          assert.match(error.message, /001A.*001B/)
          return true
        })
      }
    },
  },
  58: {
    says: 'status and code decide the class of an error; 403 and 500 are an ApiError with their code',
    async shows() {
      const classes: readonly [number, string, new (...options: never[]) => ApiError][] = [
        [401, 'INVALID_SESSION_ID', SessionError],
        [404, 'NOT_FOUND', NotFoundError],
        [400, 'DUPLICATES_DETECTED', DuplicateError],
        [429, 'OTHER', LimitError],
        [302, 'OTHER', ApiError],
        [409, 'OTHER', ApiError],
        [403, 'REQUEST_LIMIT_EXCEEDED', LimitError],
        [403, 'INSUFFICIENT_ACCESS', ApiError],
        [500, 'SERVER_ERROR', ApiError],
        [400, 'MALFORMED_QUERY', ApiError],
      ]
      for (const [status, code, kind] of classes) {
        await using org = await loopbackOrg([{ status, json: errors(code, 'Daily TotalRequests') }], { retry: false })
        await assert.rejects(org.salesforce.limits(), (error) => {
          assert.ok(error instanceof ApiError)
          assert.equal(error.constructor, kind)
          assert.deepEqual([error.status, error.errorCode], [status, code])
          return true
        })
      }
    },
  },
  59: {
    says: 'a duplicate rule tells id, object, confidence, engine and rule of each match',
    async shows() {
      const record = { attributes: { type: 'Account', url: '/services/data/v67.0/sobjects/Account/001A' }, Id: '001A' }
      const matchResult = {
        entityType: 'Account',
        matchEngine: 'ExactMatchEngine',
        matchRecords: [{ additionalInformation: [], fieldDiffs: [], matchConfidence: 97, record }],
        rule: 'Standard_Account_Match_Rule',
        size: 1,
        success: true,
        errors: [],
      }
      const duplicateResut = {
        allowSave: false,
        duplicateRule: 'Standard_Account_Duplicate_Rule',
        matchResults: [matchResult],
      }
      const json = [{ errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', duplicateResut }]
      await using org = await loopbackOrg([{ status: 400, json }])
      await assert.rejects(accounts(org).create({ Name: 'A' }), (error) => {
        assert.ok(error instanceof DuplicateError)
        assert.partialDeepStrictEqual(error.matches, [
          {
            id: '001A',
            type: 'Account',
            confidence: 97,
            engine: 'ExactMatchEngine',
            rule: 'Standard_Account_Match_Rule',
          },
        ])
        return true
      })
    },
  },
}

function accounts({ salesforce }: LoopbackOrg) {
  return salesforce.sobject('Account')
}
