import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SoqlError } from '../../src/soql/error.ts'
import { locate } from '../../src/soql/locate.ts'
import { recordedBody, recordedQuery, skipRecorded } from '../query/recorded.ts'

describe('SoqlError', () => {
  it('draws the caret picture of a recorded refusal to the letter', { skip: skipRecorded }, () => {
    const soql = recordedQuery('vcr-400-invalid-query-filter')
    const [real] = recordedBody('vcr-400-invalid-query-filter')
    const offset = locate(soql, 'Id', 'WHERE') ?? -1
    const ours = SoqlError.at(soql, offset, real.errorCode, 'invalid ID field: somethingwonky')
    assert.equal(ours.message, real.message)
  })

  it('counts rows and columns from one, over line breaks', () => {
    const soql = 'SELECT Id\nFROM Acount'
    const { message } = SoqlError.at(soql, soql.indexOf('Acount'), 'INVALID_TYPE', 'unknown')
    assert.match(message, /ERROR at Row:2:Column:6\nunknown$/)
  })
})

describe('locate', () => {
  it('finds words, not parts of words, and looks behind an alias', () => {
    assert.equal(locate('SELECT Names, a.Name FROM Account a', 'Name'), 14)
  })

  it('does not look into string literals', () => {
    assert.equal(locate("SELECT Id FROM Account WHERE Name = 'Foo' AND Foo = 1", 'foo', 'WHERE'), 46)
  })
})
