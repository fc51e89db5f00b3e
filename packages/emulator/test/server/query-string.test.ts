import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createEmulator } from '@forcewire/emulator'
import { caller, create } from '../query/calls.ts'

describe('the parameters of a call', () => {
  it('count once: of a repeated one the first', async () => {
    await using emulator = await createEmulator({ seed: 'empty' })
    const call = caller(emulator)
    const id = await create(call, 'Account', { Name: 'One', Site: 'Here' })
    const answers = await Promise.all([
      call('GET', '/query?q=SELECT+Name+FROM+Account&q=nonsense'),
      call('GET', '/query?explain=SELECT+Id+FROM+Account&explain=nonsense'),
      call('GET', `/sobjects/Account/${id}?fields=Name&fields=Site`),
      call('GET', `/composite/sobjects/Account?ids=${id}&ids=x&fields=Name`),
      call('GET', '/limits/recordCount?sObjects=Account&sObjects=Contact'),
    ])
    for (const { status, text } of answers) assert.equal(status, 200, text)
    assert.deepEqual(Object.keys(answers[2]?.json), ['attributes', 'Name', 'Id'])
    const url = `/services/data/v67.0/sobjects/Account/${id}?fields=Name&fields=Site`
    const composite = { compositeRequest: [{ method: 'GET', url, referenceId: 'one' }] }
    const { json } = await call('POST', '/composite', { body: composite })
    assert.equal(json.compositeResponse[0].httpStatusCode, 200)
  })
})
