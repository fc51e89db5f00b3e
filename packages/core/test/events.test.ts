import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runInNewContext } from 'node:vm'
import { type Answer, scriptedOrg } from './support/scripted-org.ts'

const good: Answer = { json: {} }
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a listener', () => {
  const misbehaving: Readonly<Record<string, () => unknown>> = {
    throws: () => {
      throw new Error('a bug')
    },
    rejects: async () => {
      throw new Error('a bug')
    },
    'answers a thenable that rejects': () => ({
      // biome-ignore lint/suspicious/noThenProperty: a foreign promise is what this test is about.
      then: (_: unknown, reject: (reason: unknown) => void) => reject(new Error('a bug')),
    }),
    'answers a thenable that throws': () => ({
      // biome-ignore lint/suspicious/noThenProperty: a foreign promise is what this test is about.
      get then(): unknown {
        throw new Error('a bug')
      },
    }),
    'answers a promise of another realm that rejects': () => runInNewContext("Promise.reject(new Error('a bug'))"),
    'never answers': () => new Promise(() => {}),
  }
  for (const [what, listener] of Object.entries(misbehaving)) {
    it(`that ${what} neither fails nor delays a call, nor keeps others from hearing of it`, async () => {
      const unhandled: unknown[] = []
      const note = (reason: unknown): void => void unhandled.push(reason)
      process.on('unhandledRejection', note)
      try {
        const org = scriptedOrg([good])
        const heard: string[] = []
        for (const event of ['request', 'usage', 'response'] as const) {
          org.salesforce.on(event, listener)
          org.salesforce.on(event, () => heard.push(event))
        }
        assert.deepEqual(await org.salesforce.limits(), {})
        assert.deepEqual(heard, ['request', 'usage', 'response'])
        await settle()
        assert.deepEqual(unhandled, [])
      } finally {
        process.off('unhandledRejection', note)
      }
    })
  }

  it('added twice is told twice, and removed one at a time', async () => {
    const org = scriptedOrg([good])
    let told = 0
    const listener = (): void => {
      told += 1
    }
    const off = org.salesforce.on('response', listener)
    org.salesforce.on('response', listener)
    await org.salesforce.limits()
    off()
    off()
    await org.salesforce.limits()
    assert.equal(told, 3)
  })

  it('may remove itself while it is told', async () => {
    const org = scriptedOrg([good])
    const heard: string[] = []
    const off = org.salesforce.on('response', () => {
      heard.push('once')
      off()
    })
    org.salesforce.on('response', () => heard.push('always'))
    await org.salesforce.limits()
    await org.salesforce.limits()
    assert.deepEqual(heard, ['once', 'always', 'always'])
  })

  it('must be a function, for an event that exists', () => {
    const { salesforce } = scriptedOrg([good])
    for (const listener of [undefined, null, {}, 'log']) {
      assert.throws(() => salesforce.on('response', listener as never), {
        code: 'ERR_SF_CONFIG',
        message: /^listener must be a function, but is /,
      })
    }
    for (const event of ['respnse', undefined, 5, 'constructor']) {
      assert.throws(() => salesforce.on(event as never, () => {}), {
        code: 'ERR_SF_CONFIG',
        message: /^event must be one of request, response, retry, usage, login, warning, but is /,
      })
    }
  })
})
