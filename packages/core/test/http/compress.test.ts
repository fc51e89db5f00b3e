import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { accessToken, clientCredentials, Salesforce } from '@forcewire/core'
import { Salesforce as PortableSalesforce } from '@forcewire/core/portable'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Answer, instanceUrl, scriptedTransport } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

const long = { text: 'ü'.repeat(70_000) }
const json = { method: 'POST', body: { json: long } } as const

/** A client that can compress; `runs` counts how often it did. */
function compressingOrg(answers: readonly Answer[] = [{ json: {} }]) {
  const { transport, requests } = scriptedTransport(answers)
  const auth = accessToken({ accessToken: 'T', instanceUrl })
  const counter = { runs: 0 }
  async function* gzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    counter.runs += 1
    yield gzipSync(await buffer(bytes))
  }
  const salesforce = new PortableSalesforce({ auth, transport, clock: new TestClock(), random: () => 1, gzip })
  return { salesforce, requests, counter }
}

describe('a long JSON body', () => {
  it('is sent compressed', async () => {
    const { salesforce, requests } = compressingOrg()
    await salesforce.request({ ...json, path: 'composite' })
    const [request] = requests
    assert.equal(request?.headers['content-encoding'], 'gzip')
    assert.equal(request?.headers['content-type'], 'application/json')
    assert.deepEqual(JSON.parse(gunzipSync(request?.body as Uint8Array).toString()), long)
  })

  it('is one of 65,536 characters or more', async () => {
    for (const [length, compressed] of [
      [65_535, false],
      [65_536, true],
    ] as const) {
      const { salesforce, requests } = compressingOrg()
      // Two quotes are part of it.
      await salesforce.request({ method: 'POST', path: 'composite', body: { json: 'x'.repeat(length - 2) } })
      assert.equal(requests[0]?.headers['content-encoding'] === 'gzip', compressed)
    }
  })

  it('is compressed once for all attempts', async () => {
    const { salesforce, requests, counter } = compressingOrg([{ status: 503 }, { json: {} }])
    await salesforce.request({ ...json, path: 'composite', replay: 'always' })
    assert.deepEqual([requests.length, counter.runs], [2, 1])
    assert.equal(requests[1]?.headers['content-encoding'], 'gzip')
  })

  it('is sent as it is where the host cannot compress', async () => {
    const { transport, requests } = scriptedTransport([{ json: {} }])
    const auth = accessToken({ accessToken: 'T', instanceUrl })
    const salesforce = new PortableSalesforce({ auth, transport, clock: new TestClock(), random: () => 1 })
    await salesforce.request({ ...json, path: 'composite' })
    assert.equal(requests[0]?.body, JSON.stringify(long))
  })

  it('leaves everything else alone: short bodies, texts, bytes, compressed ones, Apex classes', async () => {
    const { salesforce, requests, counter } = compressingOrg()
    const text = 'x'.repeat(70_000)
    const headers = { 'content-encoding': 'identity' }
    await salesforce.request({ method: 'POST', path: 'composite', body: { json: { text: 'short' } } })
    await salesforce.request({ method: 'POST', path: 'composite', body: text })
    await salesforce.request({ method: 'POST', path: 'composite', body: Buffer.from(text) })
    await salesforce.request({ ...json, path: 'composite', headers })
    await salesforce.request({ ...json, path: '/services/apexrest/orders' })
    assert.equal(counter.runs, 0)
    assert.deepEqual(
      requests.map((request) => request.headers['content-encoding']),
      [undefined, undefined, undefined, 'identity', undefined],
    )
  })
})

describe('a long JSON body at the emulator', () => {
  let emulator: Emulator
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
  })
  after(() => emulator.close())

  it('arrives whole', async () => {
    const auth = clientCredentials({ ...emulator.credentials, loginUrl: emulator.url })
    await using salesforce = new Salesforce({ auth })
    const names = Array.from({ length: 200 }, (_, index) => `${index} ${'ä'.repeat(200)}`)
    const records = names.map((Name) => ({ attributes: { type: 'Account' }, Name, Description: 'd'.repeat(300) }))
    await salesforce.request({ method: 'POST', path: 'composite/sobjects', body: { json: { records } } })
    const saved = await salesforce.query<{ Name: string }>('SELECT Name FROM Account').all()
    assert.deepEqual(new Set(saved.map(({ Name }) => Name)), new Set(names))
  })
})
