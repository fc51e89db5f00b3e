import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, test } from 'node:test'
import { RecordError } from '../../src/errors.ts'
import { BlobStore } from '../../src/records/blob-store.ts'
import { ForeignKey } from '../../src/records/field-input.ts'
import { MultipleMatchesError } from '../../src/records/multiple-matches.ts'
import { IdSequence } from '../../src/records/record-id.ts'
import { RecordStore } from '../../src/records/record-store.ts'
import { buildSchema } from '../../src/schema/build-schema.ts'
import { testClock } from '../support/harness.ts'

const clock = testClock()
let database: DatabaseSync
let store: RecordStore

function open(): RecordStore {
  const opened = new RecordStore({
    schema: buildSchema({}),
    database,
    ids: new IdSequence(),
    clock,
    blobs: new BlobStore(),
  })
  opened.actAs('005fw0000000001AAA')
  return opened
}

function refusal(errorCode: string): (error: unknown) => boolean {
  return (error) => error instanceof RecordError && error.errorCode === errorCode
}

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  store = open()
})

test('a new record gets defaults, audit fields and the acting user as owner', () => {
  const id = store.insert('Case', { Subject: 'S' })
  const row = store.get('Case', id)
  assert.equal(row?.Status, 'New')
  assert.equal(row?.IsEscalated, 0)
  assert.equal(row?.OwnerId, '005fw0000000001AAA')
  assert.equal(row?.CreatedDate, '2026-01-01T12:00:00.000Z')
  assert.equal(row?.SystemModstamp, row?.CreatedDate)
})

test('derived fields follow the fields they are made of', () => {
  const contact = store.insert('Contact', { FirstName: 'Ada', LastName: 'King' })
  store.update('Contact', contact, { LastName: 'Lovelace' })
  assert.equal(store.get('Contact', contact)?.Name, 'Ada Lovelace')

  const deal = store.insert('Opportunity', {
    Name: 'D',
    StageName: 'Prospecting',
    CloseDate: '2026-02-01',
    Amount: 200,
  })
  assert.deepEqual(pick(deal), { Probability: 10, ExpectedRevenue: 20, IsClosed: 0, IsWon: 0 })
  store.update('Opportunity', deal, { StageName: 'Closed Won' })
  assert.deepEqual(pick(deal), { Probability: 100, ExpectedRevenue: 200, IsClosed: 1, IsWon: 1 })
  store.update('Opportunity', deal, { StageName: 'Qualification', Probability: 33 })
  assert.deepEqual(pick(deal), { Probability: 33, ExpectedRevenue: 66, IsClosed: 0, IsWon: 0 })

  const closed = store.insert('Case', { Status: 'Closed' })
  assert.equal(store.get('Case', closed)?.ClosedDate, '2026-01-01T12:00:00.000Z')
  store.update('Case', closed, { Status: 'Working' })
  assert.deepEqual([store.get('Case', closed)?.IsClosed, store.get('Case', closed)?.ClosedDate], [0, null])
})

test('upsert matches an external id without regard to case and says whether it created', () => {
  const first = store.upsert('Account', 'External_Id__c', 'abc', { Name: 'A' })
  const second = store.upsert('Account', 'External_Id__c', 'ABC', { Name: 'B' })
  assert.deepEqual([first.created, second.created, second.id], [true, false, first.id])
  assert.equal(store.get('Account', first.id)?.Name, 'B')
  assert.throws(() => store.upsert('Account', 'Name', 'A', {}), refusal('NOT_FOUND'))
  assert.throws(() => store.upsert('Account', 'External_Id__c', null, {}), refusal('MISSING_ARGUMENT'))
})

test('an external id that several records hold names all of them', () => {
  const ids = ['A', 'B'].map((Name) => store.insert('Account', { Name, Legacy_Id__c: 'x' }))
  assert.throws(
    () => store.upsert('Account', 'Legacy_Id__c', 'x', {}),
    (error) => error instanceof MultipleMatchesError && error.ids.join() === ids.join(),
  )
})

test('a deleted record frees its unique value and its external id', () => {
  const first = store.upsert('Account', 'External_Id__c', 'x', { Name: 'A' })
  store.delete('Account', first.id)
  const second = store.upsert('Account', 'External_Id__c', 'x', { Name: 'B' })
  assert.equal(second.created, true)
  assert.equal(store.count('Account'), 1)
})

test('delete is soft, undelete brings back, hardDelete removes for good', () => {
  const id = store.insert('Account', { Name: 'A' })
  store.delete('Account', id)
  assert.equal(store.get('Account', id), undefined)
  assert.equal(store.get('Account', id, { includeDeleted: true })?.IsDeleted, 1)
  assert.throws(() => store.delete('Account', id), refusal('ENTITY_IS_DELETED'))
  store.undelete('Account', id)
  assert.equal(store.get('Account', id)?.IsDeleted, 0)
  assert.throws(() => store.undelete('Account', id), refusal('UNDELETE_FAILED'))
  store.hardDelete('Account', id)
  assert.equal(store.get('Account', id, { includeDeleted: true }), undefined)
  assert.throws(() => store.hardDelete('Account', id), refusal('INVALID_CROSS_REFERENCE_KEY'))
})

test('undelete brings back the children that went along and the references that were cleared, no others', () => {
  const account = store.insert('Account', { Name: 'A' })
  const subsidiary = store.insert('Account', { Name: 'B', ParentId: account })
  const moved = store.insert('Account', { Name: 'C', ParentId: account })
  const gone = store.insert('Contact', { LastName: 'Gone', AccountId: account })
  const contact = store.insert('Contact', { LastName: 'L', AccountId: account })
  const deal = store.insert('Opportunity', { Name: 'D', StageName: 'X', CloseDate: '2026-01-01', AccountId: account })
  const task = store.insert('Task', { WhatId: deal, WhoId: contact })
  const note = store.insert('Task', { WhoId: contact })
  store.delete('Contact', gone)
  store.delete('Account', account)
  assert.equal(store.get('Task', note)?.WhoId, null)
  store.update('Account', moved, { ParentId: subsidiary })
  assert.throws(() => store.undelete('Contact', contact), refusal('UNDELETE_FAILED'))
  store.undelete('Account', account)
  for (const [object, id] of [
    ['Account', account],
    ['Contact', contact],
    ['Opportunity', deal],
    ['Task', task],
  ] as const) {
    assert.equal(store.get(object, id)?.IsDeleted, 0, object)
  }
  assert.equal(store.get('Account', subsidiary)?.ParentId, account)
  assert.equal(store.get('Account', moved)?.ParentId, subsidiary)
  assert.equal(store.get('Task', task)?.WhoId, contact)
  assert.equal(store.get('Task', note)?.WhoId, contact)
  assert.equal(store.get('Contact', gone), undefined)
  store.undelete('Contact', gone)
  assert.equal(store.get('Contact', gone)?.AccountId, account)
})

test('undelete is refused, and undoes nothing, where a unique value was taken since', () => {
  const account = store.insert('Account', { Name: 'A', External_Id__c: 'x' })
  const contact = store.insert('Contact', { LastName: 'L', AccountId: account })
  store.delete('Account', account)
  const taker = store.insert('Account', { Name: 'B', External_Id__c: 'x' })
  assert.throws(() => store.undelete('Account', account), refusal('DUPLICATE_VALUE'))
  store.delete('Account', taker)
  store.undelete('Account', account)
  assert.equal(store.get('Contact', contact)?.IsDeleted, 0)
})

test('deleting cascades through the children that go along, also for good', () => {
  const account = store.insert('Account', { Name: 'A' })
  const contact = store.insert('Contact', { LastName: 'L', AccountId: account })
  const deal = store.insert('Opportunity', { Name: 'D', StageName: 'X', CloseDate: '2026-01-01', AccountId: account })
  const task = store.insert('Task', { WhatId: deal, WhoId: contact })
  store.delete('Account', account)
  for (const [object, id] of [
    ['Contact', contact],
    ['Opportunity', deal],
    ['Task', task],
  ] as const) {
    assert.equal(store.get(object, id, { includeDeleted: true })?.IsDeleted, 1, object)
  }
  store.hardDelete('Account', account)
  assert.equal(store.get('Contact', contact, { includeDeleted: true }), undefined)
})

test('a parent by external id becomes its Id', () => {
  const { id } = store.upsert('Account', 'External_Id__c', 'P', { Name: 'P' })
  const contact = store.insert('Contact', {
    LastName: 'L',
    AccountId: new ForeignKey('Account', 'External_Id__c', 'p'),
  })
  assert.equal(store.get('Contact', contact)?.AccountId, id)
  const unknown = new ForeignKey('Account', 'External_Id__c', 'Q')
  assert.throws(() => store.update('Contact', contact, { AccountId: unknown }), refusal('INVALID_FIELD'))
})

test('a reference to a deleted record is refused', () => {
  const account = store.insert('Account', { Name: 'A' })
  store.delete('Account', account)
  assert.throws(() => store.insert('Contact', { LastName: 'L', AccountId: account }), refusal('ENTITY_IS_DELETED'))
})

test('a 15-character Id is as good as an 18-character one, and is stored as the latter', () => {
  const account = store.insert('Account', { Name: 'A' })
  store.update('Account', account.slice(0, 15), { Name: 'B' })
  const contact = store.insert('Contact', { LastName: 'L', AccountId: account.slice(0, 15) })
  assert.equal(store.get('Account', account)?.Name, 'B')
  assert.equal(store.get('Contact', contact)?.AccountId, account)
})

test('clearing a required field is refused and changes nothing', () => {
  const id = store.insert('Account', { Name: 'A' })
  assert.throws(() => store.update('Account', id, { Name: null, Phone: '1' }), refusal('REQUIRED_FIELD_MISSING'))
  assert.deepEqual([store.get('Account', id)?.Name, store.get('Account', id)?.Phone], ['A', null])
})

test('a transaction that throws leaves nothing behind, nested work included', () => {
  assert.throws(() =>
    store.transaction(() => {
      store.insert('Account', { Name: 'A' })
      store.transaction(() => store.insert('Account', { Name: 'B' }))
      throw new Error('stop')
    }),
  )
  assert.equal(store.count('Account'), 0)
})

test('a database opened again goes on with its Ids and case numbers', () => {
  const first = store.insert('Case', {})
  const again = open()
  const second = again.insert('Case', {})
  assert.ok(second > first)
  assert.equal(again.get('Case', first)?.CaseNumber, '00000001')
  assert.equal(again.get('Case', second)?.CaseNumber, '00000002')
})

function pick(id: string): object {
  const { Probability, ExpectedRevenue, IsClosed, IsWon } = store.get('Opportunity', id) ?? {}
  return { Probability, ExpectedRevenue, IsClosed, IsWon }
}
