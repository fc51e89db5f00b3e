import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scriptedOrg } from '../support/scripted-org.ts'
import { methodRows } from './methods.ts'
import { checkRow } from './sweep.ts'

const { salesforce, requests } = scriptedOrg([{ json: {} }])
const rows = methodRows(salesforce)

describe('wrong input is refused before any request, and the error names option and value, by', () => {
  for (const [name, row] of Object.entries(rows)) {
    it(name, () => checkRow(row, () => requests.length))
  }
})

it('every method is tried', () => {
  const composite = salesforce.composite()
  const batch = salesforce.batch()
  const calls = salesforce.graph()
  const makers: Readonly<Record<string, object>> = {
    'sobject().': salesforce.sobject('Account'),
    'collections().': salesforce.collections('Account'),
    'tree().': salesforce.tree('Account'),
    'composite().': composite,
    'composite().sobject().': composite.sobject('Account'),
    'composite().sobject().create().': composite.sobject('Account').create({}),
    'composite().collections().': composite.collections('Account'),
    'batch().': batch,
    'batch().sobject().': batch.sobject('Account'),
    'graph().': calls,
  }
  const found = [
    ...methodsOf('', salesforce),
    ...Object.entries(makers).flatMap(([prefix, made]) => methodsOf(prefix, made)),
  ]
  // The last two are the inside of a handle.
  const withoutInput = ['close', 'composite().sobject().create().answer', 'composite().sobject().create().fail']
  assert.deepEqual(
    found.filter((name) => !(name in rows) && !withoutInput.includes(name)),
    [],
  )
})

/** Names of the methods of an object, and of the objects that it holds: `query`, `bulk.ingest`, `bulk.queryJobs.get`. */
function methodsOf(prefix: string, holder: object): string[] {
  const own = Object.entries(holder).flatMap(([name, member]) => {
    if (typeof member === 'function') return [`${prefix}${name}`]
    return typeof member === 'object' && isPlain(member) ? methodsOf(`${prefix}${name}.`, member) : []
  })
  const inherited = isPlain(holder) ? [] : methodNames(Object.getPrototypeOf(holder))
  return [...own, ...inherited.map((name) => `${prefix}${name}`)]
}

function methodNames(prototype: object): string[] {
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype))
  return members
    .filter(([name, { value }]) => typeof value === 'function' && name !== 'constructor')
    .map(([name]) => name)
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype
}
