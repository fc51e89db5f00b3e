import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FieldDescribe, SObjectDescribe } from '@forcewire/core'
import { orgTypes } from '../../src/types-command/org-types.ts'
import { complaints } from '../support/compile.ts'

/** A text field that may be empty, read and written, unless something else is said. */
function field(name: string, more: Partial<FieldDescribe> = {}): FieldDescribe {
  return {
    name,
    label: name,
    type: 'string',
    length: 80,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    defaultedOnCreate: false,
    externalId: false,
    idLookup: false,
    unique: false,
    custom: false,
    calculated: false,
    referenceTo: [],
    relationshipName: null,
    picklistValues: [],
    restrictedPicklist: false,
    inlineHelpText: null,
    ...more,
  }
}

const id = field('Id', { type: 'id', nillable: false, createable: false, updateable: false, idLookup: true })

function object(
  name: string,
  fields: readonly FieldDescribe[],
  children: SObjectDescribe['childRelationships'] = [],
): SObjectDescribe {
  const able = { queryable: true, createable: true, updateable: true, deletable: true }
  return {
    ...{ name, label: name, labelPlural: name, keyPrefix: null, custom: false, ...able },
    fields: [id, ...fields],
    childRelationships: children,
  }
}

/** The types of some objects, compiled, so that no test is content with text that is no TypeScript. */
function typesOf(...objects: readonly SObjectDescribe[]): string {
  const text = orgTypes(objects, 'npx @forcewire/core types', '67.0')
  assert.deepEqual(complaints(['/org.ts'], new Map([['/org.ts', text]])), [])
  return text
}

const values = (...texts: readonly string[]): FieldDescribe['picklistValues'] =>
  texts.map((text) => ({ value: text.replace('!', ''), label: text, active: !text.startsWith('!') }))

describe('the types of an object', () => {
  test('read what may be empty as null, and leave out of writing what cannot be written', () => {
    const text = typesOf(
      object('Thing__c', [
        field('Name', { nillable: false }),
        field('Seats__c', { type: 'double', precision: 18, scale: 2 }),
        field('Open__c', { type: 'boolean', nillable: false }),
        field('Since__c', { type: 'date' }),
        field('Seen__c', { type: 'datetime' }),
        field('Total__c', {
          type: 'currency',
          precision: 18,
          scale: 2,
          createable: false,
          updateable: false,
          calculated: true,
        }),
        field('Origin__c', { nillable: false, updateable: false, defaultedOnCreate: true }),
        field('Later__c', { createable: false }),
        field('Scan__c', { type: 'base64', length: 0 }),
        field('Spot__c', { type: 'location', createable: false, updateable: false }),
        field('Any__c', { type: 'anyType' }),
      ]),
    )
    assert.equal(
      text.replace(/^ *\/\*\*(?:.|\n)*?\*\/\n/gm, ''),
      `// Written from describe of API 67.0. Instead of changing it by hand, run again:
// npx @forcewire/core types

export interface Thing__cFields {
  Id: string
  Name: string
  Seats__c: number | null
  Open__c: boolean
  Since__c: string | null
  Seen__c: string | null
  Total__c: number | null
  Origin__c: string
  Later__c: string | null
  Scan__c: string | null
  Spot__c: CompoundLocation | null
  Any__c: unknown
}

export interface Thing__c extends Thing__cFields {
  attributes?: { type: 'Thing__c'; url: string }
}

export interface Thing__cUpdate {
  Name?: string
  Seats__c?: number | null
  Open__c?: boolean
  Since__c?: string | null
  Seen__c?: string | Date | null
  Later__c?: string | null
  Scan__c?: string | Uint8Array | null
  Any__c?: unknown
}

export interface Thing__cCreate extends Omit<Thing__cUpdate, 'Later__c'> {
  Name: string
  Origin__c?: string
}

export interface Org {
  Thing__c: {
    record: Thing__cFields
    create: Thing__cCreate
    update: Thing__cUpdate
    externalIds: never
  }
}

export interface CompoundLocation {
  latitude: number | null
  longitude: number | null
}
`,
    )
  })

  test('say label, kind, size and help text of each field, whatever is in them', () => {
    const text = typesOf(
      object('Account', [
        field('Code__c', {
          label: 'Code',
          externalId: true,
          unique: true,
          inlineHelpText: 'Ends */ here,\n {so} @do I',
        }),
        field('Price__c', { label: 'Price', type: 'currency', precision: 18, scale: 2, calculated: true }),
        field('Tags__c', { label: 'Tags', type: 'multipicklist', length: 4099 }),
        field('OwnerId', { label: 'Owner', type: 'reference', referenceTo: ['Group', 'User'] }),
        field('Long__c', { label: 'Long', inlineHelpText: 'word '.repeat(40) }),
      ]),
    )
    assert.ok(
      text.includes(
        '/** Code (string, at most 80 characters, external ID, unique). Ends *\\/ here, \\{so\\} \\@do I */',
      ),
    )
    assert.ok(text.includes('/** Price (currency, 18 digits, 2 of them decimals, calculated). */'))
    assert.ok(text.includes('/** Tags (multipicklist, values joined by ;). */'))
    assert.ok(text.includes('/** Owner (reference to Group or User). */'))
    assert.match(text, / {2}\/\*\*\n {3}\* Long \(.*\n(?: {3}\* word.*\n)+ {3}\*\/\n {2}Long__c/)
    assert.ok(text.split('\n').every((line) => line.length <= 120))
  })

  test('are unions where a picklist is restricted; only active values are written', () => {
    const text = typesOf(
      object('Account', [
        field('Free__c', { type: 'picklist', picklistValues: values('A', 'B') }),
        field('Tier__c', {
          type: 'picklist',
          restrictedPicklist: true,
          picklistValues: values('A', "B's", '"C"', '!Old'),
        }),
        field('Empty__c', { type: 'picklist', restrictedPicklist: true }),
        field('Wide__c', { type: 'picklist', restrictedPicklist: true, picklistValues: values('x'.repeat(50), 'y') }),
      ]),
    )
    assert.match(text, /Free__c: string \| null/)
    assert.match(text, /Tier__c: 'A' \| "B's" \| '"C"' \| 'Old' \| null/)
    assert.match(text, /Tier__c\?: 'A' \| "B's" \| '"C"' \| null/)
    assert.match(text, /Empty__c\?: string \| null/)
    assert.match(text, /Wide__c\?: AccountFields\['Wide__c'\]/)
  })
})

describe('the types of related objects', () => {
  const account = object(
    'Account',
    [field('Number__c', { type: 'double', externalId: true }), field('Code__c', { externalId: true })],
    [
      { childSObject: 'Contact', field: 'AccountId', relationshipName: 'Contacts' },
      { childSObject: 'Contact', field: 'Other__c', relationshipName: null },
      { childSObject: 'Asset', field: 'AccountId', relationshipName: 'Assets' },
    ],
  )
  const toAccount = { type: 'reference', nillable: false, referenceTo: ['Account'], relationshipName: 'Account' }
  const contact = object('Contact', [
    field('AccountId', toAccount),
    field('WhatId', { type: 'reference', referenceTo: ['Account', 'Asset'], relationshipName: 'What' }),
    field('AssetId', { type: 'reference', referenceTo: ['Asset'], relationshipName: 'Asset' }),
  ])
  const text = typesOf(account, contact)

  test('hold parents and child records of the objects that were asked for', () => {
    assert.match(text, / {2}Account\?: Account \| null/)
    assert.match(text, / {2}What\?: Account \| OtherRecord \| null/)
    assert.match(text, / {2}Contacts\?: ChildRecords<Contact> \| null/)
    assert.match(text, / {4}children: \{ Contacts: 'Contact' \}/)
    assert.doesNotMatch(text, /Assets|Asset\?/)
  })

  test('let a parent be named by an external ID, and require no reference', () => {
    assert.match(text, /type AccountKey = \{ Number__c: number \} \| \{ Code__c: string \}/)
    assert.match(text, / {2}AccountId\?: string\n.*\n {2}Account\?: AccountKey/)
    assert.match(text, / {4}externalIds: 'Number__c' \| 'Code__c'/)
  })

  test('name a child list once, though two relationships have its name', () => {
    const parent = object(
      'Group',
      [field('Members__c')],
      [
        { childSObject: 'Group', field: 'A__c', relationshipName: 'Members__c' },
        { childSObject: 'Group', field: 'B__c', relationshipName: 'Parts' },
        { childSObject: 'Group', field: 'C__c', relationshipName: 'Parts' },
      ],
    )
    assert.match(typesOf(parent), /children: \{ Parts: 'Group' \}/)
  })
})
