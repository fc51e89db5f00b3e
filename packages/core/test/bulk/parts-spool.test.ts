import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import fc from 'fast-check'
import { type IngestOptions, settleIngestOptions } from '../../src/bulk/ingest-options.ts'
import type { IngestPart, RowRange } from '../../src/bulk/ingest-part.ts'
import { ingestParts, type SplitOptions } from '../../src/bulk/ingest-parts.ts'
import { type IngestSource, openSource } from '../../src/bulk/ingest-source.ts'
import { RejectedRows } from '../../src/bulk/rejected-rows.ts'
import { RowReader } from '../../src/csv/row-reader.ts'
import { countingScratch } from './counting-scratch.ts'

interface Seen extends Pick<IngestPart, 'rows' | 'range' | 'columns'> {
  readonly bytes: number
  readonly text: string
}

async function split(
  source: IngestSource,
  options: Partial<IngestOptions> = {},
  more: Partial<SplitOptions> = {},
): Promise<{ parts: Seen[]; rejected: unknown[] }> {
  const settled = settleIngestOptions({ object: 'Account', operation: 'insert', ...options })
  const rejected = new RejectedRows({ positions: true, rename: {} })
  const opened = await openSource(source, new AbortController().signal)
  const parts: Seen[] = []
  for await (const part of ingestParts(opened, settled, rejected, { skip: [], ...more })) {
    const { rows, range, columns, bytes } = part
    const text = (await buffer(part.open())).toString()
    assert.equal((await buffer(part.open())).toString(), text, 'a part is read any number of times')
    parts.push({ rows, range, columns, bytes, text })
    await part.close()
  }
  return { parts, rejected: rejected.rows.map(({ sf__Row }) => sf__Row) }
}

function rowsOf(text: string): Record<string, unknown>[] {
  const reader = new RowReader({ onMalformed: ({ reason }) => assert.fail(reason) })
  return [...reader.push(Buffer.from(text)), ...reader.end()]
}

const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', '😀'), maxLength: 8 })
const anyRow = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), cell, { noNullPrototype: true })

test('sends every row once, in order, with the columns of all rows, whatever is kept in memory', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyRow, { maxLength: 40 }),
      fc.constantFrom(0, 1, 40, 1 << 20),
      fc.boolean(),
      fc.integer({ min: 120, max: 400 }),
      fc.integer({ min: 1, max: 9 }),
      async (rows, memory, stored, maxBytes, maxRows) => {
        const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
        fc.pre(columns.length > 0)
        const { scratch, counts } = countingScratch()
        const { parts, rejected } = await split(
          rows,
          { maxBytes, maxRows },
          { memory, scratch: stored ? scratch : undefined },
        )
        const expected = rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])))
        assert.deepEqual(
          parts.flatMap(({ text }) => rowsOf(text)),
          expected,
        )
        assert.deepEqual(rejected, [])
        assert.equal(counts.open, 0)
        let next = 0
        for (const part of parts) {
          assert.deepEqual(part.columns, columns)
          assert.equal(part.bytes, Buffer.byteLength(part.text))
          assert.ok(part.bytes <= maxBytes && part.rows <= maxRows)
          assert.deepEqual(part.range, { from: next, to: next + part.rows })
          next += part.rows
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('leaves out the rows to skip, in parts that do not reach over them, alike for rows and CSV', async () => {
  const flag = fc.boolean()
  await fc.assert(
    fc.asyncProperty(
      fc.array(flag, { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (skips, maxRows, declared) => {
        const rows = skips.map((_, index) => ({ a: index }))
        const skip = rangesOf(skips).map((range) => ({ ...range, job: '750' }))
        const inputs: [IngestSource, Partial<IngestOptions>][] = [
          [rows, declared ? { columns: ['a'] } : {}],
          [`a\n${rows.map(({ a }) => `${a}\n`).join('')}`, {}],
        ]
        for (const [source, options] of inputs) {
          const { parts } = await split(source, { ...options, maxRows }, { skip })
          const sent = parts.flatMap(({ text }) => rowsOf(text).map(({ a }) => Number(a)))
          assert.deepEqual(
            sent,
            rows.map(({ a }) => a).filter((index) => !skips[index]),
          )
          for (const { range, rows: count } of parts) assert.equal(range.to - range.from, count)
        }
      },
    ),
  )
})

function rangesOf(flags: readonly boolean[]): RowRange[] {
  const ranges: RowRange[] = []
  for (const [index, flag] of flags.entries()) {
    const last = ranges.at(-1)
    if (!flag) continue
    if (last?.to === index) ranges[ranges.length - 1] = { from: last.from, to: index + 1 }
    else ranges.push({ from: index, to: index + 1 })
  }
  return ranges
}

test('counts malformed records and rows that cannot be written among the positions', async () => {
  const csv = await split('a,b\n1,2\n3\n5,6\n"7"x,8\n9\n10,11\n', { maxRows: 2 })
  assert.deepEqual(
    csv.parts.map(({ range, rows }) => [range.from, range.to, rows]),
    [
      [0, 3, 2],
      [5, 6, 1],
    ],
  )
  assert.deepEqual(csv.rejected, [1, 3, 4])
  const rows = await split([{ a: 1 }, 7 as never, { a: Number.NaN }, { a: 'x'.repeat(90) }, { a: 2 }], { maxBytes: 60 })
  assert.deepEqual(
    rows.parts.map(({ range, text }) => [range, text]),
    [[{ from: 0, to: 5 }, 'a\n1\n2\n']],
  )
  assert.deepEqual(rows.rejected, [1, 2, 3])
})

test('tells of rows that cannot be sent also where they lie among rows to skip, since no job has them', async () => {
  const skip = [{ from: 0, to: 3, job: '750' }]
  const { parts, rejected } = await split([{ a: 1 }, { a: Number.NaN }, { a: 2 }, { a: 3 }], {}, { skip })
  assert.deepEqual(
    parts.map(({ text }) => text),
    ['a\n3\n'],
  )
  assert.deepEqual(rejected, [1])
})

test('completes short lines of one column and of none', async () => {
  const { parts } = await split([{}, { a: '' }, { a: 'x' }, { a: '', b: 'y' }], { lineEnding: 'CRLF' })
  assert.equal(parts[0]?.text, 'a,b\r\n,\r\n"",\r\nx,\r\n,y\r\n')
  assert.equal((await split([{}, { a: 'x' }])).parts[0]?.text, 'a\n""\nx\n')
})

test('makes a parent record without a value empty in the column that another row has for it', async () => {
  const rows = [
    { a: 1, P__r: null },
    { a: 2, P__r: undefined },
    { a: 3, P__r: { k: 'x' } },
    { a: 4, P__r: null, b: 5 },
  ]
  const { parts } = await split([...rows, { a: 6 }])
  assert.equal(parts[0]?.text, 'a,P__r.k,b\n1,#N/A,\n2,,\n3,x,\n4,#N/A,5\n6,,\n')
  assert.equal((await split([{ a: 1, P__r: null }, { a: 2 }])).parts[0]?.text, 'a,P__r\n1,#N/A\n2,\n')
})

test('tells how far the source is read', async () => {
  const rows = Array.from({ length: 3000 }, (_, a) => ({ a }))
  const csv = `a\n${rows.map(({ a }) => `${a}\n`).join('')}`
  for (const [source, options] of [
    [rows, {}],
    [rows, { columns: ['a'] }],
    [csv, {}],
  ] as const) {
    const told: number[] = []
    await split(source, options, { onRead: (count) => told.push(count) })
    assert.equal(told.at(-1), 3000)
    assert.deepEqual(
      told,
      told.toSorted((a, b) => a - b),
    )
  }
})

test('keeps a part whose bytes are few in memory, and makes one store for each that is larger', async () => {
  const { scratch, counts } = countingScratch()
  const rows = Array.from({ length: 40 }, () => ({ a: 'x'.repeat(99) }))
  await split(rows, { columns: ['a'], maxRows: 10 }, { scratch, memory: 2000 })
  assert.equal(counts.made, 0)
  await split(rows, { columns: ['a'], maxRows: 10 }, { scratch, memory: 500 })
  assert.deepEqual(counts, { made: 4, open: 0 })
})
