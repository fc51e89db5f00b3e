import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { IngestFiles } from '../../src/bulk/ingest-files.ts'

test('an upload of 100 MB goes to disk, one of more than 150 MB in Base64 is refused', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-emulator-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const files = new IngestFiles(folder, '750')
  const chunk = Buffer.alloc(500_000)
  const body = (chunks: number): Readable => Readable.from(Array.from({ length: chunks }, () => chunk))
  assert.equal(await files.receive(body(225)), 112_500_000)
  await assert.rejects(files.receive(body(226)), { status: 413 })
})
