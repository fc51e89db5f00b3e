import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type SoqlValue, soql, sosl } from '@forcewire/core'
import fc from 'fast-check'

describe('sosl', () => {
  const reserved = '?&|!{}[]()^~*:\\"\'+-'

  it('escapes every reserved character within FIND { }', () => {
    assert.equal(sosl`FIND {${reserved}}`, `FIND {${[...reserved].map((character) => `\\${character}`).join('')}}`)
  })

  it('keeps wildcards, quotes and operators of the template', () => {
    assert.equal(sosl`FIND {"${'joe "x" smith'}" OR ${'50%*'}*}`, 'FIND {"joe \\"x\\" smith" OR 50%\\**}')
  })

  it('quotes words of a value that would be operators, except in a phrase', () => {
    assert.equal(sosl`FIND {${'AND oranges or NOT and-ing'}}`, 'FIND {"AND" oranges "or" "NOT" and\\-ing}')
    assert.equal(sosl`FIND {"${'this or that'}"}`, 'FIND {"this or that"}')
    assert.equal(sosl`FIND {${'sand nor orchard'}}`, 'FIND {sand nor orchard}')
  })

  it('writes values of other clauses like soql', () => {
    assert.equal(
      sosl`FIND {${'x'}} RETURNING Account(Id, ${soql.name('Name')} WHERE Industry = ${"O'x"} LIMIT ${5})`,
      "FIND {x} RETURNING Account(Id, Name WHERE Industry = 'O\\'x' LIMIT 5)",
    )
    assert.equal(
      sosl`find{a\\}${'b'}"c"} RETURNING Account(Id WHERE Name = '{"' AND Phone = ${'"}'})`,
      'find{a\\}b"c"} RETURNING Account(Id WHERE Name = \'{"\' AND Phone = \'\\"}\')',
    )
  })

  it('takes a quote outside FIND { } for a letter', () => {
    assert.equal(
      sosl`FIND {${'x'}} RETURNING Account(Id WHERE A = ${1} AND B = '"' AND C = ${'a-b'})`,
      "FIND {x} RETURNING Account(Id WHERE A = 1 AND B = '\"' AND C = 'a-b')",
    )
  })

  it('takes numbers, and control characters as spaces', () => {
    assert.equal(sosl`FIND {${4_711} ${'a\n\tb\u0000'}}`, 'FIND {4711 a b }')
  })

  it('refuses values that cannot be searched for', () => {
    for (const value of ['', ' ', '\n', null, true, new Date(0), ['a'], undefined, {}]) {
      assert.throws(() => sosl`FIND {${value as SoqlValue}}`, { code: 'ERR_SF_CONFIG' })
    }
  })

  it('writes searches that read back as the words of the value', () => {
    const words = fc.string({
      unit: fc.constantFrom(...reserved, ' ', 'a', 'OR', 'and', 'NOT', 'ü', '%', ','),
      minLength: 1,
    })
    fc.assert(
      fc.property(words, (value) => {
        fc.pre(value.trim() !== '')
        const search = sosl`FIND {${value}} IN NAME FIELDS`
        const { text, rest } = readSearch(search)
        assert.equal(text, value)
        assert.equal(rest, ' IN NAME FIELDS')
      }),
    )
  })
})

/** Reads the search query by the words of the SOSL reference: no operator may be left, everything reserved escaped. */
function readSearch(search: string): { readonly text: string; readonly rest: string } {
  let text = ''
  let phrase = false
  for (let index = 'FIND {'.length; index < search.length; index++) {
    const character = search[index] as string
    if (character === '}') {
      const words = search.slice('FIND {'.length, index).split(/\s/)
      assert.ok(!words.some((word) => /^(?:and|or|not)$/i.test(word)), `an operator is left in ${search}`)
      return { text, rest: search.slice(index + 1) }
    }
    if (character === '"') phrase = !phrase
    else if (character === '\\') text += search[++index]
    else text += character
  }
  return assert.fail(`the search does not end: ${search} (in a phrase: ${phrase})`)
}
