import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type WriteOptions, writeCall, writeHeaders } from '../../src/sobject/write-options.ts'

const rule = '01Q000000000001AAA'

describe('options of a call that writes', () => {
  const table: readonly [WriteOptions, Readonly<Record<string, string>>][] = [
    [{}, {}],
    [{ assignmentRule: undefined, duplicateRule: undefined, updateMru: undefined }, {}],
    [{ assignmentRule: true }, { 'Sforce-Auto-Assign': 'TRUE' }],
    [{ assignmentRule: false }, { 'Sforce-Auto-Assign': 'FALSE' }],
    [{ assignmentRule: rule }, { 'Sforce-Auto-Assign': rule }],
    [{ duplicateRule: {} }, {}],
    [{ duplicateRule: { allowSave: true } }, { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' }],
    [
      { duplicateRule: { runAsCurrentUser: true, includeRecordDetails: false, allowSave: true } },
      { 'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true' },
    ],
    [{ updateMru: false }, { 'Sforce-Mru': 'updateMru=false' }],
  ]
  for (const [options, headers] of table) {
    it(`${JSON.stringify(options)} become ${JSON.stringify(headers)}`, () => {
      assert.deepEqual(writeHeaders(options), headers)
    })
  }

  it('keep those of every call, whose own headers come last', () => {
    const { signal } = new AbortController()
    const options = { signal, timeout: 5, retry: false, headers: { 'x-own': '1' }, updateMru: true } as const
    assert.deepEqual(writeCall(options), {
      signal,
      timeout: 5,
      retry: false,
      headers: { 'Sforce-Mru': 'updateMru=true', 'x-own': '1' },
    })
  })

  const wrong: readonly [unknown, RegExp][] = [
    [{ assignmentRule: 'TRUE\r\nx: y' }, /assignmentRule must be an Id of 15 or 18/],
    [{ assignmentRule: 1 }, /assignmentRule must be true, false or the Id of an assignment rule, but is 1/],
    [{ duplicateRule: null }, /duplicateRule must be an object of options, but is null/],
    [{ duplicateRule: { alowSave: true } }, /duplicateRule has no option 'alowSave'/],
    [{ duplicateRule: { allowSave: 'yes' } }, /duplicateRule\.allowSave must be true or false, but is a text/],
    [{ updateMru: 'no' }, /updateMru must be true or false, but is a text/],
  ]
  for (const [options, message] of wrong) {
    it(`refuse ${JSON.stringify(options)}`, () => {
      assert.throws(() => writeHeaders(options as WriteOptions), { code: 'ERR_SF_CONFIG', message })
    })
  }
})
