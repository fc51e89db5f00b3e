import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkedPathPart, checkedQuery, hasDotSegment, pathOf, withQuery } from '../../src/http/path.ts'

const refused = (message: RegExp) => ({ name: 'ConfigurationError', message })

describe('a part of a path', () => {
  it('is percent-encoded whole, so that it stays one part', () => {
    assert.equal(
      pathOf('/sobjects', 'Account', 'Key__c', "a/b?c#d e%'ä"),
      "/sobjects/Account/Key__c/a%2Fb%3Fc%23d%20e%25'%C3%A4",
    )
  })

  it('is refused by its name where no address can hold it', () => {
    for (const [part, message] of [
      ['', /^Key__c must be a text that is not empty/],
      ['.', /^Key__c must be a text other than '\.'/],
      ['..', /^Key__c must be a text other than '\.\.'/],
      ['a\ud800', /^Key__c must be a text of whole characters/],
    ] as const) {
      assert.throws(() => checkedPathPart('Key__c', part), refused(message))
      assert.throws(() => pathOf('/sobjects', part), refused(/^A part of the path must be/))
    }
    assert.equal(checkedPathPart('Key__c', '...'), '...')
  })
})

it('a path tells its dot segments, written in whatever way, and knows a query string from a path', () => {
  for (const path of ['..', '.', 'a/../b', '/a/./b', 'a/%2e%2E', 'a/.%2e?x', 'a\\..\\b', '../x#y']) {
    assert.ok(hasDotSegment(path), path)
  }
  for (const path of ['a', '/a.b/c..d', 'a?x=/../', 'v67.0/query', '...', 'a#/../b'])
    assert.ok(!hasDotSegment(path), path)
})

describe('query parameters', () => {
  it('are encoded behind a path, with or without others', () => {
    assert.equal(withQuery('/a', { b: 'c&d', e: undefined, f: true }), '/a?b=c%26d&f=true')
    assert.equal(withQuery('/a?b=1', { c: 2 }), '/a?b=1&c=2')
  })

  it('are refused by their names when they cannot be sent', () => {
    assert.throws(() => checkedQuery('query', { q: 'a\ud800' }), refused(/^query\['q'\] must be a text of whole char/))
    assert.throws(() => checkedQuery('query', { 'q\udfff': 1 }), refused(/^A name in query must be a text of whole/))
    assert.throws(() => checkedQuery('query', { q: Number.NaN }), refused(/^query\['q'\] must be a text, a finite/))
  })
})
