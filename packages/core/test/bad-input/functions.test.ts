import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as core from '@forcewire/core'
import { Salesforce } from '@forcewire/core/portable'
import { functionRows } from './functions.ts'
import { checkRow } from './sweep.ts'

const rows = functionRows(Salesforce)

describe('wrong input is refused at once, and the error names option and value, by', () => {
  for (const [name, row] of Object.entries(rows)) it(name, () => checkRow(row, () => 0))
})

it('every function and class that takes input is tried', () => {
  const withoutInput = ['hostAuth', 'proofKey', 'Reference', 'SoqlText']
  const missing = Object.entries(core)
    .filter(([name, value]) => typeof value === 'function' && !name.endsWith('Error') && !withoutInput.includes(name))
    .map(([name]) => name)
    .filter((name) => !(name in rows))
  assert.deepEqual(missing, [])
})
