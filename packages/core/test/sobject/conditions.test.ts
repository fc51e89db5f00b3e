import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError } from '@forcewire/core'
import { conditionHeaders } from '../../src/sobject/conditions.ts'
import { scriptedOrg } from '../support/scripted-org.ts'

const date = new Date(Date.UTC(2015, 7, 10, 0, 0, 0, 750))

describe('conditions', () => {
  it('become the headers of the REST API guide', () => {
    assert.deepEqual(
      conditionHeaders({
        ifModifiedSince: date,
        ifUnmodifiedSince: date,
        ifMatch: '"Jbjuzw=-gzip"',
        ifNoneMatch: ['"a"', 'aa7ee96-gzip"'],
      }),
      {
        'If-Modified-Since': 'Mon, 10 Aug 2015 00:00:00 GMT',
        'If-Unmodified-Since': 'Mon, 10 Aug 2015 00:00:00 GMT',
        'If-Match': '"Jbjuzw=-gzip"',
        'If-None-Match': '"a", aa7ee96-gzip"',
      },
    )
    assert.deepEqual(conditionHeaders({ ifMatch: undefined }), {})
  })

  for (const wrong of [
    { ifModifiedSince: '2015-08-10' },
    { ifUnmodifiedSince: new Date('x') },
    { ifMatch: '' },
    { ifMatch: [] },
    { ifMatch: ['"a"', 7] },
    { ifMatch: [undefined] },
    { ifMatch: ['"a"', undefined] },
    { ifNoneMatch: Array.from(new Array(1)) },
    { ifNoneMatch: new Array(1) },
    { ifNoneMatch: 'a\r\nb' },
    { ifNoneMatch: null },
  ]) {
    it(`refuse ${JSON.stringify(wrong)}`, () => {
      const [name] = Object.keys(wrong)
      assert.throws(() => conditionHeaders(wrong as never), {
        code: 'ERR_SF_CONFIG',
        message: new RegExp(`^${name}(?:\\[\\d\\])? must be `),
      })
    })
  }

  it('that find nothing new make a record undefined', async () => {
    const org = scriptedOrg([{ status: 304 }])
    const accounts = org.salesforce.sobject('Account')
    assert.equal(await accounts.get('001000000000000AAA', { ifModifiedSince: date }), undefined)
    assert.equal(await accounts.get('001000000000000AAA', { ifNoneMatch: '"a"', updateMru: false }), undefined)
    assert.equal(org.requests[0]?.headers['if-modified-since'], 'Mon, 10 Aug 2015 00:00:00 GMT')
    assert.equal(org.requests[1]?.headers['if-none-match'], '"a"')
    assert.equal(org.requests[1]?.headers['sforce-mru'], 'updateMru=false')
  })

  it('that do not hold refuse the change, once', async () => {
    const org = scriptedOrg([{ status: 412 }])
    const run = org.salesforce
      .sobject('Account')
      .update('001000000000000AAA', { Name: 'x' }, { ifUnmodifiedSince: date, ifMatch: '"a"' })
    await assert.rejects(run, (error) => {
      assert.ok(error instanceof ApiError)
      assert.match(
        error.message,
        /PATCH .*Account\/001000000000000AAA was not carried out, because a condition .* does not hold/,
      )
      return error.status === 412
    })
    assert.equal(org.requests.length, 1)
    assert.equal(org.requests[0]?.headers['if-unmodified-since'], 'Mon, 10 Aug 2015 00:00:00 GMT')
    assert.equal(org.requests[0]?.headers['if-match'], '"a"')
  })

  it('are refused where Salesforce would pass over them', async () => {
    const org = scriptedOrg([{ status: 204 }])
    const accounts = org.salesforce.sobject('Account')
    const condition = { ifUnmodifiedSince: date } as never
    for (const run of [
      accounts.update({ Code__c: 'a' }, {}, condition),
      accounts.upsert({ Code__c: 'a' }, {}, condition),
      accounts.create({}, condition),
      accounts.delete('001000000000000AAA', condition),
    ]) {
      await assert.rejects(run, { code: 'ERR_SF_CONFIG' })
    }
    assert.equal(org.requests.length, 0)
  })
})
