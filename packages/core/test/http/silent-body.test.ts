import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { TimeoutError } from '@forcewire/core'
import { accessToken, Salesforce, type Transport } from '@forcewire/core/portable'
import { instanceUrl } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** An org whose answers hold some bytes and then nothing more; it takes no notice of signals. */
function silentOrg(first: Uint8Array, headers: Readonly<Record<string, string>> = {}, options: object = {}) {
  const clock = new TestClock()
  const transport: Transport = async () => ({
    status: 200,
    headers,
    body: (async function* () {
      yield first
      await new Promise(() => {})
    })(),
  })
  const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
  const salesforce = new Salesforce({ auth, transport, clock, random: () => 1, ...options })
  return { salesforce, clock }
}

const bytes = new TextEncoder().encode('[')
const isSilence = (error: unknown): boolean => {
  assert.ok(error instanceof TimeoutError && error.phase === 'body')
  assert.match(error.message, /went silent for \d+ ms; raise bodyTimeout or try again later$/)
  return true
}

describe('a body that goes silent', () => {
  it('fails after bodyTimeout without a byte, a minute unless the option says otherwise', async () => {
    for (const [options, timeout] of [
      [{}, 60_000],
      [{ bodyTimeout: 20_000 }, 20_000],
    ] as const) {
      const { salesforce, clock } = silentOrg(bytes, {}, options)
      const failed = assert.rejects(salesforce.versions(), isSilence)
      await settle()
      clock.advance(timeout - 1)
      await settle()
      assert.equal(clock.sleeping, 1)
      clock.advance(20_000)
      await failed
      assert.equal(clock.sleeping, 0)
    }
  })

  it('fails as well where it is compressed or handed out', async () => {
    const { salesforce, clock } = silentOrg(gzipSync('[').subarray(0, 5), { 'content-encoding': 'gzip' })
    const { body } = await salesforce.requestStream({ path: 'x' })
    const failed = assert.rejects(Array.fromAsync(body), isSilence)
    await settle()
    clock.advance(60_000)
    await failed
    assert.equal(clock.sleeping, 0)
  })

  it('is told from one whose reader takes its time', async () => {
    const { salesforce, clock } = silentOrg(bytes)
    const { body } = await salesforce.requestStream({ path: 'x' })
    const reader = body[Symbol.asyncIterator]()
    assert.equal((await reader.next()).value, bytes)
    clock.advance(120_000)
    await settle()
    const failed = assert.rejects(reader.next(), isSilence)
    await settle()
    clock.advance(59_999)
    await settle()
    assert.equal(clock.sleeping, 1)
    clock.advance(20_000)
    await failed
  })
})

describe('a body that nobody reads', () => {
  const heldBy = ({ signal }: AbortController): number => getEventListeners(signal, 'abort').length

  it('lets go of the signal after bodyTimeout, and can be read all the same', async () => {
    const { salesforce, clock } = silentOrg(bytes)
    const stop = new AbortController()
    const { body } = await salesforce.requestStream({ path: 'x' }, { signal: stop.signal })
    await settle()
    assert.deepEqual([heldBy(stop), clock.sleeping], [1, 1])
    clock.advance(60_000)
    await settle()
    assert.deepEqual([heldBy(stop), clock.sleeping], [0, 0])
    const reader = body[Symbol.asyncIterator]()
    assert.equal((await reader.next()).value, bytes)
    assert.equal(heldBy(stop), 1)
    stop.abort('enough')
    await assert.rejects(reader.next(), (error) => error === 'enough')
    assert.equal(clock.sleeping, 0)
  })

  it('lets go of the signal when it is cancelled or the client is closed', async () => {
    for (const how of ['cancelled', 'closed']) {
      const { salesforce, clock } = silentOrg(bytes)
      const stop = new AbortController()
      const { body } = await salesforce.requestStream({ path: 'x' }, { signal: stop.signal })
      assert.equal(heldBy(stop), 1)
      if (how === 'closed') await salesforce.close()
      else await body[Symbol.asyncIterator]().return?.()
      assert.deepEqual([heldBy(stop), clock.sleeping], [0, 0], how)
    }
  })

  it('cannot be read once its signal was aborted or the client closed', async () => {
    const { salesforce } = silentOrg(bytes)
    const stop = new AbortController()
    const aborted = await salesforce.requestStream({ path: 'x' }, { signal: stop.signal })
    const closed = await salesforce.requestStream({ path: 'x' })
    stop.abort('enough')
    await assert.rejects(Array.fromAsync(aborted.body), (error) => error === 'enough')
    await salesforce.close()
    await assert.rejects(Array.fromAsync(closed.body), { code: 'ERR_SF_CONFIG', message: /client was closed/ })
  })
})
