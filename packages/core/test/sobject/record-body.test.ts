import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, it } from 'node:test'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { Reference } from '../../src/composite/reference.ts'
import { checkedFields, upsertBody } from '../../src/sobject/record-body.ts'

describe('the fields of a record', () => {
  it('are sent as they were given, the object itself, where nothing must change', () => {
    const record = {
      Name: 'Acme',
      Amount: 1.5,
      Active__c: true,
      Phone: null,
      Fax: undefined,
      Opened__c: new Date(0),
      Account: { External_Id__c: 'A' },
    }
    assert.equal(checkedFields('Contact', record), record)
  })

  it('become base64 where they are bytes, whatever their number, and the given record stays', () => {
    for (const bytes of [
      new Uint8Array(),
      Uint8Array.of(0, 255, 254),
      Buffer.from('äöü'),
      new Uint8Array(100_000).fill(7),
    ]) {
      const record = { Body: bytes, Name: 'a.bin' }
      assert.deepEqual(checkedFields('Attachment', record), {
        Body: Buffer.from(bytes).toString('base64'),
        Name: 'a.bin',
      })
      assert.equal(record.Body, bytes)
    }
  })

  it('become base64 byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { Body } = checkedFields('Attachment', { Body: bytes })
        assert.deepEqual([...Buffer.from(Body as string, 'base64')], [...bytes])
      }),
    )
  })

  it('are checked inside lists and objects', () => {
    const nested = { Children: [{ Body: Uint8Array.of(1) }] }
    assert.deepEqual(checkedFields('Parent__c', nested), { Children: [{ Body: 'AQ==' }] })
    assert.throws(() => checkedFields('Parent__c', { Children: [{}, { Size__c: Number.NaN }] }), {
      message: /^Parent__c\.Children\[1\]\.Size__c is the number NaN, which cannot be sent/,
    })
  })

  it('may come from another realm or know their own JSON', () => {
    const foreign = runInNewContext('({ At__c: new Date(0), Account: { Id: "1" }, Bytes__c: new Uint8Array([1]) })')
    assert.equal(
      JSON.stringify(checkedFields('Contact', foreign)),
      '{"At__c":"1970-01-01T00:00:00.000Z","Account":{"Id":"1"},"Bytes__c":"AQ=="}',
    )
    const amount = { toJSON: () => '12.50' }
    assert.equal(JSON.stringify(checkedFields('Order', { Amount: amount })), '{"Amount":"12.50"}')
  })

  it('are what the JSON of a record or a value is, checked and converted', () => {
    class Account {
      readonly #name = 'Acme'
      readonly secret = 1
      toJSON(): object {
        return { Name: this.#name }
      }
    }
    assert.deepEqual(checkedFields('Account', new Account()), { Name: 'Acme' })
    const values = { At__c: { toJSON: () => new Date(0) }, Bytes__c: { toJSON: () => Uint8Array.of(1) } }
    const text = '{"At__c":"1970-01-01T00:00:00.000Z","Bytes__c":"AQ=="}'
    assert.equal(JSON.stringify(checkedFields('Account', values)), text)
    assert.equal(JSON.stringify(checkedFields('Account', { toJSON: () => values })), text)
    for (const [json, message] of [
      [{ Phone: Number.NaN }, /^Account\.Phone is the number NaN/],
      ['text', /^A record of Account must be an object of field values, but is a text/],
      [[], /must be an object of field values, but is an empty list/],
    ] as const) {
      assert.throws(() => checkedFields('Account', { toJSON: () => json }), { code: 'ERR_SF_CONFIG', message })
    }
  })

  it('have names that fields can have, those of parents too, and values that can be sent', () => {
    const named = { attributes: { type: 'Contact', url: '/x' }, ns__Key__c: 'a', Parent__r: { Ext__c: 'é😀' } }
    assert.equal(checkedFields('Contact', named), named)
    for (const name of [
      '',
      ' ',
      'First Name',
      'First-Name',
      'Owner.Name',
      'A,B',
      "A'",
      'A/B',
      'A\n',
      '..',
      '1',
      'A\ud800',
    ]) {
      for (const record of [{ [name]: 1 }, { Parent__r: { [name]: 1 } }]) {
        assert.throws(() => checkedFields('Contact', record), {
          name: 'ConfigurationError',
          message: /^Contact(?:\.Parent__r)? has a member '[\s\S]*'; the name of a member must be an API name/,
        })
      }
    }
    assert.throws(() => checkedFields('Contact', { Parent__r: { Ext__c: 'a\udfff' } }), {
      message: /^Contact\.Parent__r\.Ext__c is a text with half a character/,
    })
  })

  it('are references only in a call that knows what they refer to', () => {
    const record = { AccountId: new Reference('@{Account_create_0.id}', {}), Parent__r: {} }
    assert.equal(checkedFields('Contact', record, true), record)
    const message =
      /^Contact\.AccountId is a reference to a subrequest of a composite or graph call, which cannot be sent/
    assert.throws(() => checkedFields('Contact', record), { name: 'ConfigurationError', message })
  })

  const self: Record<string, unknown> = {}
  self.Self = { deeper: [self] }
  const lost: readonly [string, unknown][] = [
    ['an invalid date', new Date(Number.NaN)],
    ['an invalid date', runInNewContext('new Date(NaN)')],
    ['the number NaN', Number.NaN],
    ['the number -Infinity', Number.NEGATIVE_INFINITY],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['the bigint 7', 7n],
    ['a date that is not in the years 0 to 9999', new Date(8.64e15)],
    ['undefined', new Array(1)],
    ['undefined', ['a', undefined]],
    ['an object of the type Map', new Map([['a', 1]])],
    ['a promise', Promise.resolve(1)],
    ['an object of the type Float64Array', new Float64Array(1)],
    ['an object without a value', { toJSON: () => null }],
    ['the number NaN', { toJSON: () => Number.NaN }],
    ['an object that holds itself', self],
  ]
  for (const [kind, value] of lost) {
    it(`are refused by name where JSON would lose them: ${kind}`, () => {
      assert.throws(() => checkedFields('Account', { Name: 'x', Field__c: value }), {
        code: 'ERR_SF_CONFIG',
        message: new RegExp(`^Account\\.Field__c\\S* is ${kind}.*, which cannot be sent`),
      })
    })
  }

  it('must be an object', () => {
    for (const record of [undefined, null, 'Name', 7, [], [{}], new Date(), new Uint8Array(), new Map()]) {
      assert.throws(() => checkedFields('Account', record), {
        code: 'ERR_SF_CONFIG',
        message: /^A record of Account must be an object of field values, but is /,
      })
    }
  })

  it('may hold the same object twice', () => {
    const parent = { Name: 'x' }
    assert.ok(checkedFields('Contact', { Account: parent, Other__r: parent }))
  })
})

describe('the body of an upsert', () => {
  it('lacks the key field however it is spelt, and leaves the record alone', () => {
    const record = { code__C: 7, Name: 'x' }
    assert.deepEqual(upsertBody('Account', 'Code__c', '7', record), { Name: 'x' })
    assert.deepEqual(record, { code__C: 7, Name: 'x' })
    assert.deepEqual(upsertBody('Account', 'Code__c', '7', { Code__c: undefined, Name: 'x' }), { Name: 'x' })
    assert.deepEqual(upsertBody('Account', 'Code__c', '7', { code__C: 7, Code__c: '7', Name: 'x' }), { Name: 'x' })
    assert.throws(() => upsertBody('Account', 'Code__c', '7', { code__C: 7, Code__c: '8' }), /has Code__c '8', but/)
  })

  it('is refused where it contradicts the key', () => {
    assert.throws(
      () => upsertBody('Account', 'Code__c', 'a', { CODE__C: 'b' }),
      /has CODE__C 'b', but the key says 'a'/,
    )
    assert.throws(() => upsertBody('Account', 'Code__c', 'a', { Code__c: null }), /has Code__c null, but/)
  })
})
