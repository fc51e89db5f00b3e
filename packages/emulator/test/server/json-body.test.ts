import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createEmulator } from '@forcewire/emulator'
import { caller } from '../query/calls.ts'

describe('a JSON body', () => {
  it('is refused where it is nested deeper than anybody reads', async () => {
    await using emulator = await createEmulator({ seed: 'empty' })
    const call = caller(emulator)
    const body = (levels: number): string => {
      const deep = `${'['.repeat(levels)}${']'.repeat(levels)}`
      const url = '/services/data/v67.0/sobjects/Account'
      return `{"compositeRequest":[{"method":"POST","url":"${url}","referenceId":"one","body":{"Name":${deep}}}]}`
    }
    const headers = { 'content-type': 'application/json' }
    const deep = await call('POST', '/composite', { body: body(20_000), headers })
    assert.deepEqual([deep.status, deep.json[0].errorCode], [400, 'JSON_PARSER_ERROR'])
    assert.equal((await call('POST', '/composite', { body: body(900), headers })).status, 200)
  })

  it('is needed by what creates, changes or saves: an empty one is refused in words of its own', async () => {
    await using emulator = await createEmulator({ seed: 'empty' })
    const call = caller(emulator)
    const { id } = (await call('POST', '/sobjects/Account', { body: { Name: 'Acme' } })).json
    const message = 'The HTTP entity body is required, but this request has no entity body.'
    for (const [method, path] of [
      ['POST', '/sobjects/Account'],
      ['PATCH', `/sobjects/Account/${id}`],
      ['PATCH', '/sobjects/Account/External_Id__c/x'],
      ['POST', '/composite'],
      ['POST', '/composite/batch'],
      ['POST', '/composite/graph'],
      ['POST', '/composite/tree/Account'],
      ['POST', '/composite/sobjects'],
      ['POST', '/composite/sobjects/Account'],
    ] as const) {
      for (const headers of [{ 'content-type': 'application/json' }, {}]) {
        const { status, json } = await call(method, path, { headers })
        assert.deepEqual([status, json], [400, [{ message, errorCode: 'JSON_PARSER_ERROR' }]], path)
      }
    }
    const listed = await call('POST', '/sobjects/Account', { body: [] })
    assert.match(listed.json[0].message, /must be a JSON object/)
  })

  it('is refused where it is not UTF-8', async () => {
    await using emulator = await createEmulator({ seed: 'empty' })
    const call = caller(emulator)
    const headers = { 'content-type': 'application/json' }
    const answer = await call('POST', '/sobjects/Account', {
      body: Buffer.from('{"Name":"M\xfcller"}', 'latin1'),
      headers,
    })
    assert.deepEqual([answer.status, answer.json[0].errorCode], [400, 'JSON_PARSER_ERROR'])
    assert.match(answer.json[0].message, /UTF-8/)
    const marked = Buffer.from('\ufeff{"Name":"Müller"}')
    assert.equal((await call('POST', '/sobjects/Account', { body: marked, headers })).status, 201)
  })
})
