import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

test('an address of more than 16,384 bytes is 414, with a page in the place of an error', async (t) => {
  const emulator = await startEmulator(t)
  const { status, headers, text } = await send(emulator, 'GET', data(`/query?q=${'x'.repeat(16_384)}`))
  assert.deepEqual([status, headers.get('content-type')], [414, 'text/html; charset=UTF-8'])
  assert.match(text, /We are down for maintenance/)
  assert.equal(emulator.requests().at(-1)?.status, 414)
})

test('an address that is short enough but for its headers is 431', async (t) => {
  const emulator = await startEmulator(t)
  const headers = { 'x-long': 'y'.repeat(10_000) }
  const fits = await send(emulator, 'GET', data(`/query?q=${'x'.repeat(5000)}`), { headers })
  assert.equal(fits.status, 400)
  const long = await send(emulator, 'GET', data(`/query?q=${'x'.repeat(7000)}`), { headers })
  assert.equal(long.status, 431)
})

test('a head without end is 431 too, and what is no HTTP is 400', async (t) => {
  const emulator = await startEmulator(t)
  const { hostname, port } = new URL(emulator.url)
  const answerTo = (sent: string): Promise<string> => text(connect(Number(port), hostname).end(sent))
  assert.match(
    await answerTo(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(2_000_000)}`),
    /^HTTP\/1\.1 431 .*maintenance/s,
  )
  assert.match(await answerTo('no HTTP at all\r\n\r\n'), /^HTTP\/1\.1 400 /)
})
