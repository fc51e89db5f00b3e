import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ColumnDelimiter } from '../../src/csv/dialect.ts'
import { LineWriter } from '../../src/csv/line-writer.ts'
import type { MalformedRecord } from '../../src/csv/record-scanner.ts'
import { type CsvRow, RowReader, type RowReaderOptions } from '../../src/csv/row-reader.ts'

const utf8 = new TextEncoder()

interface Outcome {
  readonly rows: CsvRow[]
  readonly malformed: MalformedRecord[]
  readonly header: readonly string[] | undefined
}

function read(
  csv: string | Uint8Array,
  options: Partial<RowReaderOptions> = {},
  cuts: readonly number[] = [],
): Outcome {
  const bytes = typeof csv === 'string' ? utf8.encode(csv) : csv
  const malformed: MalformedRecord[] = []
  const reader = new RowReader({ onMalformed: (record) => malformed.push(record), ...options })
  const rows: CsvRow[] = []
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  let from = 0
  for (const end of [...ends, bytes.length]) {
    rows.push(...reader.push(bytes.subarray(from, end)))
    from = end
  }
  rows.push(...reader.end())
  return { rows, malformed, header: reader.header }
}

/** Reasons by line, for comparing. */
function complaints(outcome: Outcome): [number, string][] {
  return outcome.malformed.map(({ line, reason }) => [line, reason])
}

const accepted: [title: string, csv: string, rows: CsvRow[]][] = [
  [
    'plain fields',
    'a,b\n1,2\n3,4\n',
    [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ],
  ],
  ['a last line without its end', 'a,b\n1,2', [{ a: '1', b: '2' }]],
  ['CRLF line ends', 'a,b\r\n1,2\r\n', [{ a: '1', b: '2' }]],
  [
    'CRLF after a quoted field',
    'a,b\r\n1,"2"\r\n3,"4"\r\n',
    [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ],
  ],
  ['a carriage return at the very end', 'a,b\n1,"2"\r', [{ a: '1', b: '2' }]],
  [
    'mixed line ends',
    'a,b\r\n1,2\n3,4\r\n',
    [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ],
  ],
  ['a byte order mark', '\ufeffName,b\n1,2\n', [{ Name: '1', b: '2' }]],
  ['the character of a byte order mark inside the data', 'a,b\n\ufeff1,2\n', [{ a: '\ufeff1', b: '2' }]],
  ['a byte order mark before a quoted header', '\ufeff"Name",b\n1,2\n', [{ Name: '1', b: '2' }]],
  ['a half-quoted header', '"sf__Id","sf__Error",Id\n"","X:--","1"\n', [{ sf__Id: '', sf__Error: 'X:--', Id: '1' }]],
  ['a delimiter inside quotes', 'a,b\n"1,1",2\n', [{ a: '1,1', b: '2' }]],
  ['line feeds inside quotes', 'a,b\n"1\n\n1",2\n', [{ a: '1\n\n1', b: '2' }]],
  ['CRLF inside quotes', 'a,b\n"1\r\n1",2\n', [{ a: '1\r\n1', b: '2' }]],
  ['doubled quotes', 'a,b\n"""The ""Best""",2\n', [{ a: '"The "Best"', b: '2' }]],
  ['a field of nothing but quotes', 'a,b\n"""","""\n"""\n', [{ a: '"', b: '"\n"' }]],
  ['quotes inside a bare field', 'a,b\n5" pipe,x"y"\n', [{ a: '5" pipe', b: 'x"y"' }]],
  ['spaces', 'a,b\n 1 ,  \n', [{ a: ' 1 ', b: '  ' }]],
  [
    'empty fields',
    'a,b,c\n,,\n"",x,""\n',
    [
      { a: '', b: '', c: '' },
      { a: '', b: 'x', c: '' },
    ],
  ],
  [
    'empty lines',
    '\n\na,b\n\n1,2\n\r\n3,4\n\n',
    [
      { a: '1', b: '2' },
      { a: '3', b: '4' },
    ],
  ],
  ['a single column with an empty quoted field', 'a\n""\nx\n', [{ a: '' }, { a: 'x' }]],
  [
    'other line separators of Unicode as text',
    'a,b\n1\u2028\u2029\u0085\u000b\f2,é😀漢\n',
    [{ a: '1\u2028\u2029\u0085\u000b\f2', b: 'é😀漢' }],
  ],
  [
    'letters beyond ASCII next to plain rows',
    'a,b\n1,2\né,"ö""ö"\n3,4\n',
    [
      { a: '1', b: '2' },
      { a: 'é', b: 'ö"ö' },
      { a: '3', b: '4' },
    ],
  ],
  ['a lone carriage return as text', 'a,b\n1\r1,2\n', [{ a: '1\r1', b: '2' }]],
  ['no input', '', []],
  ['a header only', 'a,b\n', []],
  ['a header without its end', 'a,b', []],
]

for (const [title, csv, rows] of accepted) {
  test(`reads ${title}, wherever the input is cut`, () => {
    const length = utf8.encode(csv).length
    assert.deepEqual(read(csv).rows, rows)
    for (let cut = 0; cut <= length; cut += 1) assert.deepEqual(read(csv, {}, [cut]).rows, rows, `cut at ${cut}`)
    assert.deepEqual(
      read(
        csv,
        {},
        Array.from({ length }, (_, index) => index),
      ).rows,
      rows,
      'byte by byte',
    )
    assert.deepEqual(read(csv).malformed, [])
  })
}

const STRAY = 'text follows the closing quote of a field (a quote inside a field is written twice)'
const UNCLOSED = 'a quoted field is never closed'
const rejected: [title: string, csv: string, rows: CsvRow[], complaints: [number, string][]][] = [
  ['text after a closing quote', 'a,b\n"1"x,2\n3,4\n', [{ a: '3', b: '4' }], [[2, STRAY]]],
  [
    'a quote that nothing closes',
    'a,b\n1,"2\n3,4\n5,6\n',
    [
      { a: '3', b: '4' },
      { a: '5', b: '6' },
    ],
    [[2, UNCLOSED]],
  ],
  [
    'a quote that the next quoted field closes',
    'a,b\n1,"2\n3,4\n5,"x, y"\n',
    [
      { a: '3', b: '4' },
      { a: '5', b: 'x, y' },
    ],
    [[2, STRAY]],
  ],
  ['too few fields', 'a,b\n1\n3,4\n', [{ a: '3', b: '4' }], [[2, 'it has 1 field where the header has 2']]],
  ['too many fields', 'a,b\n1,2,3\n3,4\n', [{ a: '3', b: '4' }], [[2, 'it has 3 fields where the header has 2']]],
  [
    'a space before a quote',
    'a,b\n1, "2"\n3,4\n',
    [{ a: '3', b: '4' }],
    [[2, 'a space stands before the opening quote of a field']],
  ],
  ['the last line', 'a,b\n1,2\n"3', [{ a: '1', b: '2' }], [[3, UNCLOSED]]],
  [
    'several lines in a row',
    'a,b\n1\n2\n"3"3,\n4,4\n',
    [{ a: '4', b: '4' }],
    [
      [2, 'it has 1 field where the header has 2'],
      [3, 'it has 1 field where the header has 2'],
      [4, STRAY],
    ],
  ],
  [
    'a line after a field with line feeds',
    'a,b\n"1\n1\n1",2\n5\n',
    [{ a: '1\n1\n1', b: '2' }],
    [[5, 'it has 1 field where the header has 2']],
  ],
]

for (const [title, csv, rows, expected] of rejected) {
  test(`reports ${title} with its line and goes on at the next one`, () => {
    const length = utf8.encode(csv).length
    for (let cut = 0; cut <= length; cut += 1) {
      const outcome = read(csv, {}, [cut])
      assert.deepEqual(outcome.rows, rows, `cut at ${cut}`)
      assert.deepEqual(complaints(outcome), expected, `cut at ${cut}`)
    }
    assert.deepEqual(
      read(
        csv,
        {},
        Array.from({ length }, (_, index) => index),
      ),
      read(csv),
    )
  })
}

test('reports the text of a malformed line, shortened', () => {
  const [short] = read('a,b\n"1"x,2\r\n').malformed
  assert.equal(short?.text, '"1"x,2')
  const [long] = read(`a,b\n${'é'.repeat(300)}\n`).malformed
  assert.equal(long?.text, 'é'.repeat(100))
})

test('counts a field beyond the limit as never closed and loses no other row', () => {
  const csv = `a,b\n1,"${'x\n'.repeat(600)}\n2,2\n`
  const outcome = read(csv, { maxFieldBytes: 1000 })
  assert.deepEqual(complaints(outcome)[0], [2, UNCLOSED])
  assert.deepEqual(outcome.rows, [{ a: '2', b: '2' }])
  assert.equal(outcome.malformed.length, 601 - 1, 'the lines inside the bad record are looked at one by one')
})

test('gives up a bare field beyond the limit without keeping it', () => {
  const endless = utf8.encode(`a,b\n${'x'.repeat(5000)}`)
  const outcome = read(Buffer.concat([endless, utf8.encode('\n1,2\n')]), { maxFieldBytes: 1000 }, [1000, 2000, 3000])
  assert.deepEqual(complaints(outcome), [[2, 'a field is longer than 1000 bytes']])
  assert.deepEqual(outcome.rows, [{ a: '1', b: '2' }])
})

test('says so when the malformed record is the header', () => {
  const outcome = read('"a"x,b\n1,2\n')
  assert.equal(outcome.malformed[0]?.header, true)
  assert.deepEqual(outcome.header, ['1', '2'])
})

test('ends the reading when the report throws', () => {
  const onMalformed = (record: MalformedRecord): void => {
    throw new Error(`line ${record.line}`)
  }
  assert.throws(() => read('a,b\n1\n', { onMalformed }), { message: 'line 2' })
})

const delimiters: [ColumnDelimiter, string][] = [
  ['COMMA', ','],
  ['TAB', '\t'],
  ['SEMICOLON', ';'],
  ['PIPE', '|'],
  ['CARET', '^'],
  ['BACKQUOTE', '`'],
]
for (const [columnDelimiter, character] of delimiters) {
  test(`reads and writes ${columnDelimiter}`, () => {
    const writer = new LineWriter({ columnDelimiter })
    const csv = writer.texts(['a', 'b']) + writer.texts([`x${character}y`, ',;'])
    assert.ok(csv.includes(`"x${character}y"`))
    assert.deepEqual(read(csv, { columnDelimiter }).rows, [{ a: `x${character}y`, b: ',;' }])
  })
}

test('keeps invalid UTF-8 from shifting the fields beside it', () => {
  const bytes = Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0x2c, 0x31, 0x0a, 0xe2, 0x82, 0x2c, 0x32, 0x0a])
  assert.deepEqual(read(bytes).rows, [
    { a: '\ufffd', b: '1' },
    { a: '\ufffd', b: '2' },
  ])
})

test('leaves the prototype of a row alone when a column has its name', () => {
  const [row] = read('__proto__,b\nx,y\n').rows
  assert.deepEqual(Object.keys(row ?? {}), ['__proto__', 'b'])
  assert.equal(Object.getPrototypeOf(row), Object.prototype)
})

test('converts columns by the functions it is given', () => {
  const convert = (header: readonly string[]) =>
    header.map((name) => (name === 'n' ? (text: string) => Number(text) : undefined))
  assert.deepEqual(read('n,t\n1,1\n2,2\n', { convert }).rows, [
    { n: 1, t: '1' },
    { n: 2, t: '2' },
  ])
})

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'é', '😀', '\u2028'), maxLength: 8 }),
)

test('reads back whatever the writer wrote, cut anywhere', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 4 })
        .chain((width) =>
          fc
            .array(fc.array(anyText, { minLength: width, maxLength: width }), { maxLength: 20 })
            .map((table) => ({ width, table })),
        ),
      fc.constantFrom(...delimiters.map(([name]) => name)),
      fc.constantFrom('LF' as const, 'CRLF' as const),
      fc.array(fc.nat(), { maxLength: 6 }),
      ({ width, table }, columnDelimiter, lineEnding, cuts) => {
        const writer = new LineWriter({ columnDelimiter, lineEnding })
        const names = Array.from({ length: width }, (_, index) => `column ${index}`)
        const csv = writer.texts(names) + table.map((texts) => writer.texts(texts)).join('')
        const outcome = read(csv, { columnDelimiter }, cuts)
        assert.deepEqual(outcome.malformed, [])
        const wellFormed = table.map((texts) => texts.map((text) => text.toWellFormed()))
        assert.deepEqual(
          outcome.rows.map((row) => names.map((name) => row[name])),
          wellFormed,
        )
      },
    ),
    { numRuns: 300 },
  )
})

test('reads any bytes the same way however they are cut, and accounts for every line', () => {
  const soup = fc.string({ unit: fc.constantFrom('"', '"', ',', '\n', '\n', '\r', ' ', 'a', 'é', '😀'), maxLength: 80 })
  fc.assert(
    fc.property(soup, fc.array(fc.nat(), { maxLength: 8 }), (text, cuts) => {
      const csv = `a,b\n${text}`
      assert.deepEqual(read(csv, { maxFieldBytes: 20 }, cuts), read(csv, { maxFieldBytes: 20 }))
    }),
    { numRuns: 500 },
  )
})
