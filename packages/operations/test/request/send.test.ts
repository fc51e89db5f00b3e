import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openOrg } from '../support/org.ts'

test('query parameters and headers are names with texts, numbers or flags', async () => {
  await using org = await openOrg()
  const path = '/services/data/v{version}/query'
  const query = { q: 'SELECT Id FROM Account LIMIT 1' }
  const [answer] = await org.run('request.send', { path, query, headers: { 'X-Note': 5, 'X-Flag': true } })
  assert.equal(answer?.status, 200)
})

test('anything else in their place is refused before it is sent', async () => {
  await using org = await openOrg()
  const path = '/services/data/v{version}/limits'
  for (const [name, label] of [
    ['query', 'Query Parameters'],
    ['headers', 'Headers'],
  ] as const) {
    for (const value of ['5', '["a"]', '"text"', '{"a": {"b": 1}}', '{"a": null}']) {
      const message = `"${label}" takes an object of texts, such as {"name": "value"}.`
      await assert.rejects(org.run('request.send', { path, [name]: value }), { code: 'ERR_SF_CONFIG', message })
    }
  }
  assert.deepEqual(
    org.emulator.requests().filter((request) => request.path.endsWith('/limits')),
    [],
  )
})
