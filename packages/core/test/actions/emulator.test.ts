import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type EmulatedOrg, emulatedOrg } from '../support/emulated-org.ts'

describe('actions, flows and Apex classes, at the emulator', () => {
  let org: EmulatedOrg
  before(async () => {
    org = await emulatedOrg()
  })
  after(() => org[Symbol.asyncDispose]())

  it('are listed, described and invoked', async () => {
    const { actions } = org.salesforce
    assert.ok((await actions.types()).includes('apex'))
    assert.ok((await actions.list()).some(({ name }) => name === 'emailSimple'))
    const { inputs } = await actions.describe('apex/ForcewireCalculator')
    assert.deepEqual(
      inputs.map(({ name, required }) => [name, required]),
      [
        ['first', true],
        ['second', true],
      ],
    )
    const [sum, refused] = await actions.invoke<{ output: number }>('apex/ForcewireCalculator', [
      { first: 1, second: 2 },
      { first: 1, second: 'two' },
    ])
    assert.deepEqual([sum?.isSuccess, sum?.outputValues?.output], [true, 3])
    assert.deepEqual([refused?.isSuccess, refused?.errors.length], [false, 1])
    await assert.rejects(actions.invoke('apex/Nobody', [{}]), { code: 'ERR_SF_NOT_FOUND' })
  })

  it('run flows, which work in the org', async () => {
    const { flows } = org.salesforce
    const [flow] = await flows.list()
    assert.equal(flow?.name, 'Forcewire_Demo_Flow')
    const [result] = await flows.invoke<{ taskId: string; Flow__InterviewStatus: string }>('Forcewire_Demo_Flow', [
      { personName: 'Ann' },
    ])
    assert.equal(result?.outputValues?.Flow__InterviewStatus, 'Finished')
    const task = await org.salesforce.sobject('Task').get(result?.outputValues?.taskId ?? '')
    assert.equal(task.Subject, 'Call Ann')
  })

  it('call Apex classes by every method', async () => {
    const { apex } = org.salesforce
    const path = 'forcewire/echo/a'
    for (const method of ['post', 'put', 'patch'] as const) {
      const answer = await apex[method](path, { n: 1 }, { query: { q: 'ü' } })
      assert.deepEqual(answer, { path: 'a', query: { q: 'ü' }, body: { n: 1 } })
    }
    assert.equal(await apex.delete(path), undefined)
    await apex.post('forcewire/accounts', { Name: 'Acme' })
    const accounts = await apex.get<{ Name: string }[]>('forcewire/accounts', { query: { name: 'Ac' } })
    assert.deepEqual(
      accounts.map(({ Name }) => Name),
      ['Acme'],
    )
    await assert.rejects(apex.get('nothing/here'), { code: 'ERR_SF_NOT_FOUND' })
  })
})
