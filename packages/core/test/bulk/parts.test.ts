import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { type IngestOptions, settleIngestOptions } from '../../src/bulk/ingest-options.ts'
import { ingestParts } from '../../src/bulk/ingest-parts.ts'
import { type IngestSource, openSource } from '../../src/bulk/ingest-source.ts'
import { RejectedRows } from '../../src/bulk/rejected-rows.ts'
import { RowReader } from '../../src/csv/row-reader.ts'

interface Split {
  readonly texts: string[]
  readonly sizes: number[]
  readonly rows: number[]
  readonly rejected: RejectedRows['rows']
}

async function split(source: IngestSource, options: Partial<IngestOptions> = {}): Promise<Split> {
  const settled = settleIngestOptions({ object: 'Account', operation: 'insert', ...options })
  const rejected = new RejectedRows()
  const opened = await openSource(source, new AbortController().signal)
  const parts = ingestParts(opened, settled, rejected, { skip: [] })
  const result = { texts: [] as string[], sizes: [] as number[], rows: [] as number[], rejected: rejected.rows }
  for await (const part of parts) {
    assert.equal(part.index, result.texts.length)
    const bytes = await buffer(part.open())
    assert.equal(part.bytes, bytes.length)
    result.texts.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
    result.sizes.push(part.bytes)
    result.rows.push(part.rows)
  }
  return result
}

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function rowsOf(text: string): Record<string, unknown>[] {
  const reader = new RowReader({ onMalformed: ({ reason }) => assert.fail(reason) })
  return [...reader.push(new TextEncoder().encode(text)), ...reader.end()]
}

test('passes the bytes of a CSV on as they are', async () => {
  const csv = 'a,"b"\n1,"x ""y"""\n"1,1",2\n'
  assert.deepEqual((await split(csv)).texts, [`a,b\n${csv.slice(6)}`])
})

test('takes bytes of another realm for bytes, whole or in pieces', async () => {
  const bytes: Uint8Array = runInNewContext('new Uint8Array([97, 10, 49, 10])')
  assert.ok(!(bytes instanceof Uint8Array))
  assert.deepEqual((await split(bytes)).texts, ['a\n1\n'])
  assert.deepEqual((await split(Readable.from([bytes]))).texts, ['a\n1\n'])
})

test('gives a last line its end and keeps CRLF as the line ending of the job', async () => {
  assert.deepEqual((await split('a,b\n1,2')).texts, ['a,b\n1,2\n'])
  assert.deepEqual((await split('a,b\r\n1,2\r\n3,4')).texts, ['a,b\r\n1,2\r\n3,4\r\n'])
})

test('makes all lines end alike, since another line ending would fail the whole job', async () => {
  assert.deepEqual((await split('a,b\n1,2\r\n3,4\n5,"\r\n"\r\n')).texts, ['a,b\n1,2\n3,4\n5,"\r\n"\n'])
  assert.deepEqual((await split('a,b\n1,2\n', { lineEnding: 'CRLF' })).texts, ['a,b\r\n1,2\r\n'])
})

test('drops the byte order mark and empty lines', async () => {
  assert.deepEqual((await split('\ufeffa,b\n\n1,2\n\n\n3,4\n\n')).texts, ['a,b\n1,2\n3,4\n'])
})

test('renames columns of a CSV and keys of rows', async () => {
  const rename = { iata: 'External_Id__c' }
  assert.deepEqual((await split('iata,name\nx,y\n', { rename })).texts, ['External_Id__c,name\nx,y\n'])
  assert.deepEqual((await split([{ iata: 'x', name: 'y' }], { rename })).texts, ['External_Id__c,name\nx,y\n'])
})

test('splits 100 rows at 30 a job into 30, 30, 30 and 10, each with the header', async () => {
  const rows = Array.from({ length: 100 }, (_, index) => ({ a: index, b: 'x' }))
  const csv = `a,b\n${rows.map(({ a, b }) => `${a},${b}\n`).join('')}`
  for (const source of [rows, csv, cut(csv, 7)]) {
    const result = await split(source, { maxRows: 30 })
    assert.deepEqual(result.rows, [30, 30, 30, 10])
    for (const text of result.texts) assert.ok(text.startsWith('a,b\n'))
    assert.equal(result.texts.map((text) => text.slice(4)).join(''), csv.slice(4))
  }
})

test('keeps the row that overflows a job, also when it is the last one', async () => {
  const rows = Array.from({ length: 13 }, () => ({ a: 'xxxxxxx' }))
  const result = await split(rows, { maxBytes: 2 + 12 * 8 })
  assert.deepEqual(result.rows, [12, 1])
})

test('hands out a row that no job can hold, with its size, and loads the others', async () => {
  const rows = [{ a: 'x' }, { a: 'y'.repeat(100) }, { a: 'z' }]
  for (const source of [rows, `a\nx\n${'y'.repeat(100)}\nz\n`]) {
    const result = await split(source, { maxBytes: 50 })
    assert.deepEqual(result.texts.join('').replaceAll('a\n', ''), 'x\nz\n')
    assert.equal(result.rejected.length, 1)
    assert.match(String(result.rejected[0]?.sf__Error), /^ROW_TOO_LARGE:Row 2 takes 101 bytes .* the 50 bytes .*:--$/)
  }
})

test('counts the header to the size of a row that no job can hold', async () => {
  for (const source of [[{ name: 'x' }, { name: 'y'.repeat(16) }], `name\nx\n${'y'.repeat(16)}\n`]) {
    const result = await split(source, { maxBytes: 20 })
    assert.deepEqual(result.texts, ['name\nx\n'])
    assert.match(
      String(result.rejected[0]?.sf__Error),
      /^ROW_TOO_LARGE:Row 2 takes 17 bytes and with the header exceeds/,
    )
  }
})

test('hands out malformed records with their line and loads the others', async () => {
  const result = await split('a,b\n1,2\n"3"x,4\n5,6\n7\n')
  assert.deepEqual(result.texts, ['a,b\n1,2\n5,6\n'])
  assert.deepEqual(
    result.rejected.map((row) => row.sf__Error),
    [
      'MALFORMED_CSV:Line 3: text follows the closing quote of a field (a quote inside a field is written twice). The line is: "3"x,4:--',
      'MALFORMED_CSV:Line 5: it has 1 field where the header has 2. The line is: 7:--',
    ],
  )
})

test('hands out rows that cannot be written, with their columns', async () => {
  const result = await split([{ a: 1 }, { a: Number.NaN, b: 'x' }, 7 as never, { a: 2 }])
  assert.deepEqual(result.texts, ['a,b\n1,\n2,\n'])
  assert.deepEqual(result.rejected, [
    {
      sf__Id: '',
      sf__Error: 'INVALID_VALUE:Row 2, column a: the number NaN cannot be sent to Salesforce:--',
      a: Number.NaN,
      b: 'x',
    },
    { sf__Id: '', sf__Error: 'INVALID_ROW:Row 3 is not an object of field names and values:--' },
  ])
})

test('sends every column of every row, not only those of the first', async () => {
  assert.deepEqual((await split([{ Name: 'a' }, { Name: 'b', Phone: '1' }])).texts, ['Name,Phone\na,\nb,1\n'])
})

test('gives every part the columns of all rows, also of the last one', async () => {
  const rows = Array.from({ length: 6000 }, (_, index) => (index < 5500 ? { a: index } : { b: index }))
  const result = await split(rows, { maxRows: 5000 })
  assert.deepEqual(result.rows, [5000, 1000])
  assert.ok(result.texts[0]?.startsWith('a,b\n0,\n'))
  assert.ok(result.texts[1]?.startsWith('a,b\n5000,\n'))
  assert.ok(result.texts[1]?.endsWith(',5999\n'))
})

test('sends the declared columns and no others, without waiting for more rows', async () => {
  assert.deepEqual((await split([{ a: 1, c: 3 }, { b: 2 }], { columns: ['b', 'a'] })).texts, ['b,a\n,1\n2,\n'])
})

test('makes no part of an empty input', async () => {
  for (const source of [[], '', 'a,b\n', 'a,b', new Uint8Array(0), cut('', 1)]) {
    assert.deepEqual((await split(source)).texts, [])
  }
})

test('takes CSV as text, bytes, streams of either and web streams', async () => {
  const csv = 'a,b\n1,é😀\n'
  const bytes = new TextEncoder().encode(csv)
  async function* texts(): AsyncGenerator<string> {
    yield csv.slice(0, 8)
    yield csv.slice(8)
  }
  for (const source of [csv, bytes, cut(csv, 3), texts(), new Blob([csv]).stream(), [bytes] as never]) {
    assert.deepEqual((await split(source)).texts, [csv])
  }
})

test('keeps characters whole when the source cuts text in their middle', async () => {
  async function* halves(): AsyncGenerator<string> {
    for (const unit of 'a\n😀\n') for (let at = 0; at < unit.length; at += 1) yield unit[at] as string
  }
  assert.deepEqual((await split(halves())).texts, ['a\n😀\n'])
  const long = `a\n${'x'.repeat((1 << 18) - 3)}😀\n`
  assert.deepEqual((await split(long)).texts, [long])
})

const refused: [title: string, source: IngestSource, options: Partial<IngestOptions>, message: string][] = [
  [
    'an upsert without its external ID column',
    'iata,name\nx,y\n',
    { operation: 'upsert', externalIdField: 'External_Id__c' },
    'The upsert into Account needs the external ID column External_Id__c, but the input has only the columns iata, name. ' +
      'Add the column, or use rename to say which one it is, such as { "iata": "External_Id__c" }.',
  ],
  [
    'an upsert of rows without the external ID',
    [{ Name: 'x' }],
    { operation: 'upsert', externalIdField: 'External_Id__c' },
    'The upsert into Account needs the external ID column External_Id__c, but the input has only the columns Name. ' +
      'Add the column, or use rename to say which one it is, such as { "Name": "External_Id__c" }.',
  ],
  [
    'an update without Id',
    'Name\nx\n',
    { operation: 'update' },
    'The update into Account needs the column Id, but the input has only the columns Name. ' +
      'Add the column, or use rename to say which one it is, such as { "Name": "Id" }.',
  ],
  [
    'two columns for one field',
    'Name,name\nx,y\n',
    {},
    'Two columns, "Name" and "name", stand for the field name. Remove one of them, or use rename to give it another field.',
  ],
  ['a column without a name', 'Name,\nx,y\n', {}, 'Column 2 has no name. Give it the name of a field, or remove it.'],
  [
    'a header that cannot be read',
    '"Name"x\ny\n',
    {},
    'The header of the CSV (line 1) cannot be read: text follows the closing quote of a field (a quote inside a field is written twice).',
  ],
  [
    'UTF-16',
    new Uint8Array(Buffer.from('Name,b\nx,y\n', 'utf16le')),
    {},
    'The CSV is not UTF-8 (it looks like UTF-16). Save it as UTF-8 and load it again.',
  ],
  [
    'a CSV whose lines end in CR alone, which would be one long header',
    'Name,Phone\rx,1\ry,2\r',
    {},
    'The name of column 2 goes on over a line break. Save the CSV with LF or CRLF at the ends of its lines, and close every quote in its header.',
  ],
  ['rows without a field', [{}, {}], {}, 'The rows to load are empty. Give them the fields to send.'],
  [
    'a number',
    7 as never,
    {},
    'The source of a bulk load must be rows (objects) or a CSV (text, bytes or a stream), but is 7.',
  ],
]
for (const [title, source, options, message] of refused) {
  test(`refuses ${title} in clear words`, async () => {
    await assert.rejects(split(source, options), { code: 'ERR_SF_CONFIG', message })
  })
}

test('finds the external ID column without regard to case and after renaming', async () => {
  const options = { operation: 'upsert', externalIdField: 'Code__c' } as const
  assert.equal((await split('CODE__C\nx\n', options)).rows[0], 1)
  assert.equal((await split('code\nx\n', { ...options, rename: { code: 'Code__c' } })).rows[0], 1)
})

const wrong: [options: Partial<IngestOptions>, message: RegExp][] = [
  [{ object: '' }, /^object must be an API name of .*, but is an empty text/],
  [{ object: 5 as never }, /^object must be an API name of .*, but is 5/],
  [{ object: 'Account/../User' }, /^object must be an API name/],
  [
    { operation: 'merge' as never },
    /^operation must be one of insert, update, upsert, delete, hardDelete, but is 'merge'/,
  ],
  [{ operation: 'upsert' }, /needs the option externalIdField/],
  [{ externalIdField: 7 as never }, /^externalIdField must be an API name/],
  [{ operation: 'upsert', externalIdField: 'Code c' }, /^externalIdField must be an API name/],
  [{ columnDelimiter: ',' as never }, /^columnDelimiter must be one of COMMA, TAB/],
  [{ lineEnding: '\n' as never }, /^lineEnding must be one of LF, CRLF/],
  [{ assignmentRuleId: 'x' }, /^assignmentRuleId must be an Id/],
  [{ maxBytes: 0 }, /^maxBytes must be a whole number from 1 to 112,500,000, but is 0/],
  [{ maxBytes: 112_500_001 }, /^maxBytes must be a whole number from 1 to 112,500,000/],
  [{ maxRows: 1.5 }, /^maxRows must be a whole number from 1 to 150,000,000, but is 1.5/],
  [{ jobsInFlight: Number.NaN }, /^jobsInFlight must be a whole number of 1 or more, but is NaN/],
  [{ columns: 'Name' as never }, /^columns must be a list of names, but is a text/],
  [{ columns: [] }, /^columns must be a list of at least one name, but is an empty list/],
  [{ columns: [1 as never] }, /^columns\[0\] must be a text that is not empty, but is 1/],
  [{ rename: { iata: 5 as never } }, /^rename\['iata'\] must be the name of a field, .*, but is 5/],
  [{ rename: { iata: 'Code c' } }, /^rename\['iata'\] must be the name of a field, .*, but is a text/],
  [
    { rename: ['iata'] as never },
    /^rename must be an object that says for columns which field they are, but is a list/,
  ],
  [{ rename: null as never }, /^rename must be an object .* but is null/],
  [{ onCheckpoint: 'x' as never }, /^onCheckpoint must be a function/],
  [{ retryLockedRows: -1 }, /^retryLockedRows must be a whole number from 0 to 10, but is -1/],
  [{ concurrencyMode: 'Serial' as never }, /^concurrencyMode must be one of parallel, serial, but is 'Serial'/],
  [{ waitTimeout: 0 }, /^waitTimeout must be a positive number of milliseconds, but is 0/],
  [{ abortOnTimeout: 1 as never }, /^abortOnTimeout must be true or false, but is 1/],
  [{ compress: 'no' as never }, /^compress must be true or false, but is a text/],
  [{ maxRow: 1 } as never, /^bulk.ingest has no option 'maxRow'; it takes object, operation/],
]
for (const [options, message] of wrong) {
  test(`refuses the options ${JSON.stringify(options)}`, async () => {
    await assert.rejects(split([], options), { code: 'ERR_SF_CONFIG', message })
  })
}

const texts = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'é', '😀'), maxLength: 10 })
const table = fc.array(fc.record({ a: texts, b: texts }, { noNullPrototype: true }), { maxLength: 40 })

test('never loses or tears a row, whatever the limits and the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.integer({ min: 60, max: 300 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 50 }),
      async (rows, maxBytes, maxRows, chunk) => {
        const direct = await split(rows, { maxBytes, maxRows })
        const [whole = ''] = (await split(rows)).texts
        const fromCsv = await split(cut(whole, chunk), { maxBytes, maxRows })
        assert.deepEqual(fromCsv, direct, 'rows and their CSV are split alike')
        assert.deepEqual(direct.texts.flatMap(rowsOf), rows)
        assert.deepEqual(direct.rejected, [])
        for (const size of direct.sizes) assert.ok(size <= maxBytes)
        for (const count of direct.rows) assert.ok(count >= 1 && count <= maxRows)
      },
    ),
    { numRuns: 200 },
  )
})
