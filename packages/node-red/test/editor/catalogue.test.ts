import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findOperation } from '@forcewire/operations'
import { initialValue, isShown, isSingle, missingParameters } from '../../editor/catalogue.ts'

const ingest = findOperation('bulk.ingest')
const get = findOperation('record.get')

test('a field is shown when the value that it depends on is chosen, or not known before a message comes', () => {
  const csv = ingest.parameters.csv
  assert.ok(csv)
  assert.equal(isShown(ingest, csv, {}), false)
  assert.equal(isShown(ingest, csv, { source: { type: 'str', value: 'csv' } }), true)
  assert.equal(isShown(ingest, csv, { source: { type: 'msg', value: 'source' } }), true)
})

test('required fields are missed only while they are shown', () => {
  assert.deepEqual(missingParameters(get, {}), ['object', 'recordId'])
  const byExternalId = { object: { type: 'str', value: 'Account' }, by: { type: 'str', value: 'externalId' } }
  assert.deepEqual(missingParameters(get, byExternalId), ['externalIdField', 'externalId'])
})

test('a load gives one result as a summary and a list otherwise', () => {
  assert.equal(isSingle(get, {}), true)
  assert.equal(isSingle(ingest, {}), true)
  assert.equal(isSingle(ingest, { output: { type: 'str', value: 'all' } }), false)
  assert.equal(isSingle(ingest, { wait: { type: 'bool', value: 'false' } }), false)
})

test('a new field starts with the default of its parameter in the type of its kind', () => {
  const { wait, csv, failureLimit, operation, rename } = ingest.parameters
  const kinds = [wait, csv, failureLimit, operation, rename].map((parameter) => parameter && initialValue(parameter))
  assert.deepEqual(kinds, [
    { type: 'bool', value: 'true' },
    { type: 'msg', value: 'payload' },
    { type: 'num', value: '1000' },
    { type: 'str', value: 'insert' },
    { type: 'json', value: '' },
  ])
})
