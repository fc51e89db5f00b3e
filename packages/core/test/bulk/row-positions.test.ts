import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HashIndex } from '../../src/bulk/hash-index.ts'
import { RowPositions } from '../../src/bulk/row-positions.ts'

type Options = ConstructorParameters<typeof RowPositions>[0]

async function positionsOf(rows: readonly object[], options: Partial<Options> = {}): Promise<RowPositions> {
  const positions = new RowPositions({ rename: {}, ...options })
  async function* batches() {
    for (let at = 0; at < rows.length; at += 3) yield rows.slice(at, at + 3) as Record<string, unknown>[]
  }
  const passed: unknown[] = []
  const watched = positions.watched({ kind: 'rows', batches: batches() })
  assert.equal(watched.kind, 'rows')
  for await (const batch of watched.batches) passed.push(...batch)
  assert.deepEqual(passed, rows.map(asSent))
  return positions
}

test('finds each row by its cells, whatever the order of rows and columns', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => ({ Name: `Account ${index}`, Code__c: index % 100, x: '' }))
  const positions = await positionsOf(rows)
  for (const [index, { Name, Code__c }] of rows.entries()) {
    assert.equal(positions.of({ sf__Id: '001', Code__c: `${Code__c}`, Name, x: '' }), index)
  }
  assert.equal(positions.of({ Name: 'Account 1', Code__c: '2' }), undefined)
})

test('gives no place to rows that are alike, also when they lie far apart', async () => {
  const rows = Array.from({ length: 9000 }, (_, index) => ({ Name: `${index % 8999}` }))
  const positions = await positionsOf(rows)
  assert.equal(positions.of({ Name: '0' }), undefined)
  assert.equal(positions.of({ Name: '1' }), 1)
  assert.equal(positions.of({ Name: '8998' }), 8998)
})

test('knows a value in whatever way Salesforce writes it', async () => {
  const positions = await positionsOf([
    { Number: 1.5, Flag: true },
    { Number: '007', Flag: false },
    { When: new Date(Date.UTC(2026, 4, 1, 7, 25, 37)) },
    { Name: 'x', Phone: null },
    { Name: ' y ' },
  ])
  assert.equal(positions.of({ Number: '1.50', Flag: 'TRUE' }), 0)
  assert.equal(positions.of({ Number: '7.0', Flag: 'false' }), 1)
  assert.equal(positions.of({ When: '2026-05-01T07:25:37.000+0000' }), 2)
  assert.equal(positions.of({ Name: 'x', Phone: '#N/A' }), 3)
  assert.equal(positions.of({ Name: 'x', Phone: '' }), 3)
  assert.equal(positions.of({ Name: 'y' }), 4)
})

test('tells rows whose cells differ in nothing but how their values are written', async () => {
  const cells: unknown[] = [
    '007',
    7,
    '7.0',
    ' p8 ',
    'p8',
    'TRUE',
    true,
    '2026-05-01T00:00:00Z',
    '2026-05-01T00:00:00.000Z',
  ]
  const positions = await positionsOf(cells.map((Code__c) => ({ Code__c })))
  for (const [index, cell] of cells.entries()) assert.equal(positions.of({ Code__c: String(cell) }), index)
  assert.equal(positions.of({ Code__c: '07' }), undefined)
  assert.equal(positions.of({ Code__c: 'True' }), undefined)
})

test('gives no place to rows that differ in nothing but an empty cell, and to one of two that are alike', async () => {
  const positions = await positionsOf([{ A: 'x', B: null }, { A: 'x', B: '' }, { A: '1.0' }, { A: '1.0' }, { A: 1 }])
  assert.equal(positions.of({ A: 'x', B: '' }), undefined)
  assert.equal(positions.of({ A: 'x', B: '#N/A' }), undefined)
  assert.equal(positions.of({ A: '1.0' }), undefined)
  assert.equal(positions.of({ A: '1' }), 4)
})

test('converts a row once', async () => {
  let times = 0
  const row = { toJSON: () => ({ Name: `${++times}` }) }
  const positions = new RowPositions({ rename: {} })
  async function* batches() {
    yield [row]
  }
  const watched = positions.watched({ kind: 'rows', batches: batches() })
  assert.equal(watched.kind, 'rows')
  for await (const batch of watched.batches) assert.deepEqual([...batch], [{ Name: '1' }])
  assert.equal(positions.of({ Name: '1' }), 0)
})

test('tells the cells of one column from those of another', async () => {
  const positions = await positionsOf([{ A: 'x', B: 'y' }, { A: 'y', B: 'x' }, { A: 'xy' }])
  assert.equal(positions.of({ A: 'x', B: 'y' }), 0)
  assert.equal(positions.of({ A: 'y', B: 'x' }), 1)
  assert.equal(positions.of({ A: '', B: 'xy' }), undefined)
})

test('goes by the names that are sent, the declared columns and the fields of parents', async () => {
  const rows = [{ firma: 'a', note: 1, Owner: { Code__c: '7' } }, new Row('b')]
  const renamed = await positionsOf(rows, { rename: { firma: 'Name' } })
  assert.equal(renamed.of({ Name: 'a', note: '1', 'Owner.Code__c': '7' }), 0)
  assert.equal(renamed.of({ NAME: 'b' }), 1)
  const declared = await positionsOf(rows, { rename: { firma: 'Name' }, columns: ['firma'] })
  assert.equal(declared.of({ Name: 'a' }), 0)
})

test('finds rows with a parent record and without one', async () => {
  const rows = [
    { Name: 'a', Owner: null },
    { Name: 'b', Owner: { Code__c: '7' } },
    { Name: 'c', Owner: undefined },
  ]
  const positions = await positionsOf(rows)
  assert.equal(positions.of({ Name: 'a', 'Owner.Code__c': '#N/A' }), 0)
  assert.equal(positions.of({ Name: 'b', 'Owner.Code__c': '7' }), 1)
  assert.equal(positions.of({ Name: 'c', 'Owner.Code__c': '' }), 2)
})

function asSent(row: object): unknown {
  return row instanceof Row ? row.toJSON() : row
}

class Row {
  readonly #name: string
  constructor(name: string) {
    this.#name = name
  }
  toJSON(): object {
    return { firma: this.#name }
  }
}

test('counts the rows that cannot be sent, and gives them no place', async () => {
  const broken = Object.defineProperty({}, 'Name', {
    enumerable: true,
    get() {
      throw new Error('no')
    },
  })
  const unsent = [null, 5, { Name: Symbol('no') }, { Name: { deep: { er: 1 } } }, broken]
  const positions = await positionsOf([...(unsent as object[]), { Name: 'x' }])
  assert.equal(positions.of({ Name: 'x' }), unsent.length)
})

test('sorts hashes of all sizes, in blocks that hold eight bytes a row', () => {
  const index = new HashIndex()
  const hashes = Array.from({ length: 20_000 }, (_, at) => Math.imul(at + 1, 0x9e3779b1) >>> 0)
  for (const [position, hash] of hashes.entries()) {
    index.add(hash, position)
    if (position === 4999) assert.equal(index.find(hashes[17] as number), 17)
  }
  for (const [position, hash] of hashes.entries()) assert.equal(index.find(hash), position)
  assert.equal(index.find(1), undefined)
  assert.equal(index.find(0xffffffff), undefined)
  index.add(hashes[4] as number, 20_000)
  assert.equal(index.find(hashes[4] as number), -1)
})
