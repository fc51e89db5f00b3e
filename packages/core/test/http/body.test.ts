import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { gunzipWhereNeeded, readBytes, readText } from '../../src/http/body.ts'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size)
}

describe('gunzipWhereNeeded', () => {
  const text = 'Zürich, \u{1f600} '.repeat(500)

  it('decompresses what is compressed, however it is cut', async () => {
    const bytes = gzipSync(text)
    for (const size of [1, 7, bytes.byteLength]) {
      assert.equal(await readText(gunzipWhereNeeded(pieces(bytes, size))), text)
    }
  })

  it('leaves alone what a host has decompressed already', async () => {
    const bytes = new TextEncoder().encode(text)
    for (const size of [1, 7, bytes.byteLength]) {
      assert.equal(await readText(gunzipWhereNeeded(pieces(bytes, size))), text)
    }
    assert.equal(await readText(gunzipWhereNeeded(pieces(new Uint8Array(0), 1))), '')
  })

  it('ends the source when the reader stops early', async () => {
    let ended = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        while (true) yield new Uint8Array([65, 66])
      } finally {
        ended = true
      }
    }
    for await (const chunk of gunzipWhereNeeded(endless())) {
      assert.equal(chunk.byteLength, 2)
      break
    }
    assert.ok(ended)
  })
})

describe('readBytes', () => {
  it('hands a single chunk out without a copy', async () => {
    const chunk = new Uint8Array([1, 2, 3])
    assert.equal(await readBytes(pieces(chunk, 3)).then(({ buffer }) => buffer), chunk.buffer)
  })

  it('stops reading at a ceiling', async () => {
    assert.equal((await readBytes(pieces(new Uint8Array(100), 10), 25)).byteLength, 30)
  })
})
