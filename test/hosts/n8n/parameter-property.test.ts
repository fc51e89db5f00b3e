import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Parameter } from '@forcewire/operations'
import type { INodeProperties } from 'n8n-workflow'
import { parameterProperty } from '../../../nodes/shared/parameter-property.ts'

const base = { label: 'Thing', description: 'What it is' }

function property(parameter: Partial<Parameter> & Pick<Parameter, 'kind'>, objectName?: string): INodeProperties {
  return parameterProperty({ name: 'thing', parameter: { ...base, ...parameter }, objectName })
}

describe('a parameter of the catalogue in n8n', () => {
  it('keeps its label, name, description and whether it is required', () => {
    const { displayName, name, description, required } = property({ kind: 'text', required: true })
    assert.deepEqual(
      { displayName, name, description, required },
      { displayName: 'Thing', name: 'thing', description: 'What it is', required: true },
    )
  })

  it('becomes a string field when it is a text, with the example marked as one', () => {
    const { type, default: given, placeholder } = property({ kind: 'text', placeholder: 'abc' })
    assert.deepEqual({ type, given, placeholder }, { type: 'string', given: '', placeholder: 'e.g. abc' })
  })

  it('becomes a number field within its bounds when it is a number', () => {
    const { type, typeOptions, default: given } = property({ kind: 'number', minimum: 2, maximum: 9, default: 3 })
    assert.deepEqual(
      { type, typeOptions, given },
      { type: 'number', typeOptions: { minValue: 2, maxValue: 9 }, given: 3 },
    )
  })

  it('starts a number without a default inside its bounds', () => {
    assert.equal(property({ kind: 'number', minimum: 1 }).default, 50)
    assert.equal(property({ kind: 'number', minimum: 100 }).default, 100)
    assert.equal(property({ kind: 'number', maximum: 7 }).default, 7)
  })

  it('becomes a toggle when it is a flag', () => {
    assert.deepEqual(
      [property({ kind: 'flag', default: true }), property({ kind: 'flag' })].map(({ type, default: given }) => [
        type,
        given,
      ]),
      [
        ['boolean', true],
        ['boolean', false],
      ],
    )
  })

  it('becomes a list sorted by name when it is a choice', () => {
    const { type, options } = property({
      kind: 'choice',
      default: 'b',
      options: [
        { value: 'b', label: 'Beta', description: 'Second' },
        { value: 'a', label: 'Alpha' },
      ],
    })
    assert.equal(type, 'options')
    assert.deepEqual(options, [
      { name: 'Alpha', value: 'a' },
      { name: 'Beta', value: 'b', description: 'Second' },
    ])
  })

  it('becomes a JSON editor when it is JSON or rows', () => {
    assert.deepEqual([property({ kind: 'json' }).type, property({ kind: 'rows' }).type], ['json', 'json'])
  })

  it('becomes an SQL editor when it is SOQL, in which expressions still work', () => {
    const { type, typeOptions, noDataExpression } = property({ kind: 'soql' })
    assert.deepEqual([type, typeOptions?.editor, noDataExpression], ['string', 'sqlEditor', undefined])
  })

  it('becomes a searchable list that also takes a typed name when it is an object', () => {
    const { type, modes } = property({ kind: 'object', placeholder: 'Account' })
    assert.equal(type, 'resourceLocator')
    assert.deepEqual(
      modes?.map(({ name }) => name),
      ['list', 'name'],
    )
    assert.equal(modes?.[0]?.typeOptions?.searchListMethod, 'searchObjects')
  })

  it('offers the fields of the chosen object when it is a field, and only external IDs when it says so', () => {
    const any = property({ kind: 'field', of: 'object' }, 'object')
    const external = property({ kind: 'field', of: 'object', only: 'externalId' }, 'object')
    assert.equal(any.modes?.[0]?.typeOptions?.searchListMethod, 'searchFields')
    assert.equal(external.modes?.[0]?.typeOptions?.searchListMethod, 'searchExternalIdFields')
    assert.deepEqual(external.typeOptions?.loadOptionsDependsOn, ['object.value'])
  })

  it('becomes a list of several fields when it is fields', () => {
    const { type, typeOptions } = property({ kind: 'fields', of: 'object' }, 'object')
    assert.deepEqual([type, typeOptions?.loadOptionsMethod], ['multiOptions', 'listFields'])
  })

  it('takes a record by ID, from a list or by the address of its page when it is a record ID of an object', () => {
    const { type, modes } = property({ kind: 'record-id', of: 'object' }, 'object')
    assert.equal(type, 'resourceLocator')
    const url = modes?.find(({ name }) => name === 'url')
    const regex = new RegExp(String(url?.extractValue?.regex))
    const addresses = [
      'https://acme.lightning.force.com/lightning/r/Account/001xx000003DGb2AAG/view',
      'https://acme.my.salesforce.com/001xx000003DGb2AAG',
      'https://acme.lightning.force.com/lightning/r/001xx000003DGb2AAG/view?ws=1',
    ]
    for (const address of addresses) assert.equal(regex.exec(address)?.[1], '001xx000003DGb2AAG')
    assert.equal(regex.exec('https://acme.lightning.force.com/lightning/o/Account/list'), null)
  })

  it('is a plain text field when it is the ID of something that is not a record', () => {
    assert.equal(property({ kind: 'record-id' }).type, 'string')
  })

  it('asks for the name of the input field when it is a file', () => {
    const { type, default: given, hint } = property({ kind: 'binary' })
    assert.deepEqual([type, given], ['string', 'data'])
    assert.match(String(hint), /input field containing the file/)
  })

  it('becomes a date picker when it is a date', () => {
    assert.equal(property({ kind: 'date' }).type, 'dateTime')
  })
})
