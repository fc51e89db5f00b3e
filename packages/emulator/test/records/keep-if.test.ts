import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, test } from 'node:test'
import { BlobStore } from '../../src/records/blob-store.ts'
import { keepIf } from '../../src/records/keep-if.ts'
import { IdSequence } from '../../src/records/record-id.ts'
import { RecordStore } from '../../src/records/record-store.ts'
import { buildSchema } from '../../src/schema/build-schema.ts'
import { testClock } from '../support/harness.ts'

let records: RecordStore

beforeEach(() => {
  records = new RecordStore({
    schema: buildSchema({}),
    database: new DatabaseSync(':memory:'),
    ids: new IdSequence(),
    clock: testClock(),
    blobs: new BlobStore(),
  })
  records.actAs('005fw0000000001AAA')
})

const create = (name: string): string => records.insert('Account', { Name: name })
const names = (): unknown[] => records.findBy('Account', 'IsDeleted', 0).map((row) => row.Name)

test('a good result keeps the writes, a bad one undoes them, and either is given', () => {
  assert.equal(
    keepIf(records, () => create('kept').slice(0, 3), Boolean),
    '001',
  )
  assert.equal(
    keepIf(records, () => create('undone') === '', Boolean),
    false,
  )
  assert.deepEqual(names(), ['kept'])
})

test('an error undoes the writes and goes on', () => {
  const broken = new Error('broken')
  const work = (): boolean => {
    create('undone')
    throw broken
  }
  assert.throws(
    () => keepIf(records, work, () => true),
    (error) => error === broken,
  )
  assert.deepEqual(names(), [])
})

test('inside another transaction only its own writes are undone', () => {
  records.transaction(() => {
    create('before')
    keepIf(
      records,
      () => {
        create('undone')
        keepIf(records, () => create('undone too'), Boolean)
      },
      () => false,
    )
    create('after')
  })
  assert.deepEqual(names(), ['before', 'after'])
  assert.equal(records.database.isTransaction, false)
})
