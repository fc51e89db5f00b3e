import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessToken, Salesforce, type Transport } from '@forcewire/core/portable'
import { type Answer, instanceUrl, scriptedOrg } from '../support/scripted-org.ts'
import { TestClock } from '../support/test-clock.ts'

/** Lets everything run that can. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

describe('the concurrency limit', () => {
  it('counts a call until its headers are there, not until its body has been read', async () => {
    const body = async function* (url: string): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('[{"version":"67.0"}]')
      if (url.endsWith('/limits')) await new Promise(() => {})
    }
    const transport: Transport = async ({ url }) => ({ status: 200, headers: {}, body: body(url) })
    const auth = accessToken({ accessToken: 'TOKEN', instanceUrl })
    const salesforce = new Salesforce({ auth, transport, clock: new TestClock(), random: () => 1, concurrency: 1 })
    const reading = assert.rejects(salesforce.limits(), { code: 'ERR_SF_CONFIG', message: /client was closed/ })
    let answered: unknown
    const calling = salesforce.versions().then((versions) => {
      answered = versions
    })
    await settle()
    assert.deepEqual(answered, [{ version: '67.0' }])
    await calling
    await salesforce.close()
    await reading
  })

  it('holds also when many calls have ended', async () => {
    let inFlight = 0
    let most = 0
    const org = scriptedOrg(
      async () => {
        inFlight += 1
        most = Math.max(most, inFlight)
        await settle()
        inFlight -= 1
        return { json: {} }
      },
      { concurrency: 2 },
    )
    await Promise.all(Array.from({ length: 9 }, () => org.salesforce.limits()))
    assert.equal(most, 2)
  })

  it('lets calls in by their order, passing over one that was given up while it waited', async () => {
    const answers: ((answer: Answer) => void)[] = []
    const org = scriptedOrg(() => new Promise((resolve) => answers.push(resolve)), { concurrency: 1 })
    const stop = new AbortController()
    const first = org.salesforce.limits()
    const abandoned = assert.rejects(org.salesforce.versions({ signal: stop.signal }), (error) => error === 'enough')
    const others = ['second', 'third'].map((path) => org.salesforce.request({ path }))
    await settle()
    stop.abort('enough')
    await abandoned
    for (const _ of [first, ...others]) {
      answers.shift()?.({ json: {} })
      await settle()
    }
    assert.deepEqual(
      org.requests.map(({ url }) => url.split('/').at(-1)),
      ['limits', 'second', 'third'],
    )
    await Promise.all([first, ...others])
  })
})
