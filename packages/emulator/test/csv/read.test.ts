import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { CsvDialect } from '../../src/csv/dialect.ts'
import { CsvFormatError, type CsvRecord, readCsv } from '../../src/csv/read.ts'
import { plainRow, quotedRow } from '../../src/csv/write.ts'

const LF: CsvDialect = { columnDelimiter: 'COMMA', lineEnding: 'LF' }
const CRLF: CsvDialect = { columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' }

describe('readCsv', () => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-emulator-'))
  const file = join(folder, 'x.csv')
  after(() => rmSync(folder, { recursive: true }))

  const read = async (text: string, dialect: CsvDialect = LF, start = 0): Promise<CsvRecord[]> => {
    writeFileSync(file, text)
    return await Array.fromAsync(readCsv(file, dialect, start)).then((groups) => groups.flat())
  }
  const cells = async (text: string, dialect?: CsvDialect): Promise<(readonly string[])[]> =>
    (await read(text, dialect)).map((record) => record.cells)

  const texts: Record<string, [text: string, dialect: CsvDialect, expected: string[][]]> = {
    'plain cells, empty ones included': [
      'a,,b,\n,\n',
      LF,
      [
        ['a', '', 'b', ''],
        ['', ''],
      ],
    ],
    'a last line without an ending': ['a\nb', LF, [['a'], ['b']]],
    'quotes, delimiters and line breaks within quotes': [
      '"a ""q"", b","c\nd"\n"",x\n',
      LF,
      [
        ['a "q", b', 'c\nd'],
        ['', 'x'],
      ],
    ],
    'nothing but a quote within quotes': ['"""",""\n', LF, [['"', '']]],
    'blank lines as nothing': ['\na\n\n\nb\n\n', LF, [['a'], ['b']]],
    'CRLF, with a lone line feed as part of a cell': [
      'a;b\r\n"c\r\nd";e\nf\r\n',
      CRLF,
      [
        ['a', 'b'],
        ['c\r\nd', 'e\nf'],
      ],
    ],
    'a carriage return as part of the cell where lines end in LF': ['a\r\n', LF, [['a\r']]],
    'an empty file': ['', LF, []],
  }
  for (const [what, [text, dialect, expected]] of Object.entries(texts)) {
    it(`reads ${what}`, async () => assert.deepEqual(await cells(text, dialect), expected))
  }

  it('reads back what was written, wherever the pieces of the file end', async () => {
    for (const dialect of [LF, CRLF]) {
      const rows = Array.from({ length: 4000 }, (_, row) => [`${row}`, 'Ærø "ø" 漢字😀'.repeat(row % 7), 'x;y,z\r\n'])
      const text = rows.map((row, index) => (index % 2 ? plainRow(row, dialect) : quotedRow(row, dialect))).join('')
      assert.deepEqual(await cells(text, dialect), rows)
    }
  })

  it('tells where each record ends in bytes, and goes on from there', async () => {
    const lines = ['ä,1\n', '"b\n",2\n', '\n', 'c,3\n']
    const records = await read(lines.join(''))
    assert.deepEqual(
      records.map(({ end }) => end),
      [5, 12, 17],
    )
    assert.deepEqual(await read(lines.join(''), LF, 12), records.slice(2))
  })

  const broken: Record<string, [text: string, message: RegExp]> = {
    'a quote within a plain cell': ['a\nb"c,d\ne\n', /Found unescaped quote/],
    'text behind a closing quote': ['a\n"b"c\n', /Not expecting more text after end quote/],
    'a quote that never closes': ['a\n"b\nc', /EOF reached before closing/],
    'a record that does not end': [`a\n"${'x'.repeat(2_100_000)}`, /EOF reached before closing/],
  }
  for (const [what, [text, message]] of Object.entries(broken)) {
    it(`gives the records before ${what}, then says so`, async () => {
      writeFileSync(file, text)
      const before: (readonly string[])[] = []
      await assert.rejects(
        async () => {
          for await (const records of readCsv(file, LF)) before.push(...records.map((record) => record.cells))
        },
        (error) => error instanceof CsvFormatError && message.test(error.message),
      )
      assert.deepEqual(before, [['a']])
    })
  }
})
