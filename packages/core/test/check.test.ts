import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkedName, checkedNamePath, checkedText } from '../src/check.ts'

const refused = (message: RegExp) => ({ name: 'ConfigurationError', message })

describe('the API name of an object or a field', () => {
  it('is taken with a namespace and a suffix, in upper and lower case', () => {
    for (const name of ['Account', 'account', 'Invoice__c', 'ns__Invoice__c', 'Parent__r', 'Home__Latitude__s', 'X1']) {
      assert.equal(checkedName('object', name), name)
      assert.equal(checkedNamePath('field', `${name}.Owner.${name}`), `${name}.Owner.${name}`)
    }
  })

  it('is refused when it is none, with what is accepted and what was given', () => {
    for (const name of [
      '',
      ' ',
      'A B',
      ' A',
      'A\n',
      'A,B',
      "A'",
      'A/B',
      '..',
      'A-B',
      '1A',
      '_A',
      'Ä',
      'A\ud800',
      1,
      null,
    ]) {
      assert.throws(() => checkedName('object', name), refused(/^object must be an API name of letters, .+, but is /))
      assert.throws(() => checkedNamePath('field', name), refused(/^field must be an API name such as /))
    }
    assert.throws(() => checkedName('object', 'Account-2'), refused(/but is 'Account-2'\.$/))
    assert.throws(() => checkedName('object', 'A\ud800'), refused(/but is a text with half a character/))
  })

  it('has dots only where a path is accepted, and a name on both sides of each', () => {
    assert.throws(() => checkedName('object', 'Owner.Name'), refused(/but is 'Owner\.Name'/))
    for (const path of ['.Name', 'Owner.', 'Owner..Name', '.']) {
      assert.throws(() => checkedNamePath('field', path), refused(/or several with dots between them/))
    }
  })
})

it('a text with half a character is refused, since it would arrive as another one', () => {
  assert.equal(checkedText('comments', 'fine 😀'), 'fine 😀')
  assert.throws(() => checkedText('comments', 'cut \ud83d'), refused(/^comments must be a text of whole characters/))
})
