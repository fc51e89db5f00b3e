import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { BlobStore, blobFacts } from '../../src/records/blob-store.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'forcewire-test-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return join(path, 'blobs')
}

async function* pieces(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text)
}

test('bytes come back as they were put, and their key tells size and checksum', async (t) => {
  const store = new BlobStore(folder(t))
  const key = store.put(Buffer.from('hello'))
  assert.deepEqual(blobFacts(key), { size: 5, checksum: '5d41402abc4b2a76b9719d911017c592' })
  assert.equal(String(await buffer(store.read(key))), 'hello')
})

test('received bytes have the key of the same bytes at once', async (t) => {
  const store = new BlobStore(folder(t))
  assert.equal(await store.receive(pieces('hel', 'lo')), store.put(Buffer.from('hello')))
})

test('a source that breaks off leaves no file', async (t) => {
  const home = folder(t)
  const store = new BlobStore(home)
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('hel')
    throw new Error('gone')
  }
  await assert.rejects(store.receive(broken()), /gone/)
  assert.deepEqual(readdirSync(home), [])
})

test('a folder of its own survives the close, and clearing removes it', (t) => {
  const home = folder(t)
  const store = new BlobStore(home)
  store.put(Buffer.from('kept'))
  store.close()
  assert.equal(readdirSync(home).length, 1)
  store.clear()
  assert.equal(existsSync(home), false)
})
