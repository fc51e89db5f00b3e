import assert from 'node:assert/strict'
import { test } from 'node:test'
import { neededUrl } from '../../src/connection/settings.ts'

test('an address of an org is taken down to its origin', () => {
  assert.equal(neededUrl(' https://Example.my.salesforce.com/lightning/page '), 'https://example.my.salesforce.com')
  assert.equal(neededUrl('http://127.0.0.1:4080'), 'http://127.0.0.1:4080')
})

for (const [mistake, url, sentence] of [
  ['an empty URL', ' ', /^The Salesforce connection has no URL\. Open it and give the My Domain address/],
  ['no address', 'salesforce', /^The URL of the Salesforce connection must be an address such as .* but is a text/],
  ['another protocol', 'ftp://example.my.salesforce.com', /^The URL of the Salesforce connection must be an address/],
  ['plain http', 'http://example.my.salesforce.com', /^The URL of the Salesforce connection .* must begin with https/],
  ['a secret in it', 'https://me:hunter2@x.example', /^The URL of the Salesforce connection must not hold a user name/],
  ['a foreign host', 'https://x.example', /^The URL of the Salesforce connection .* is not a host of Salesforce; use/],
] as const) {
  test(`${mistake} is refused in the words of the dialog`, () => {
    assert.throws(
      () => neededUrl(url),
      (error: Error) => {
        assert.match(error.message, sentence)
        assert.doesNotMatch(error.message, /hunter2|loginUrl/)
        return true
      },
    )
  })
}
