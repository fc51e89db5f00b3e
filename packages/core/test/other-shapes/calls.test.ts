import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessToken, ProtocolError, Salesforce } from '@forcewire/core'
import { methodRows } from '../bad-input/methods.ts'
import { loopbackServer } from '../support/loopback-server.ts'
import { type Answer, scriptedOrg } from '../support/scripted-org.ts'
import { bulkCalls } from './bulk-calls.ts'
import { calls, type Shape } from './calls.ts'

const json = { 'content-type': 'application/json' }
const shapes: Readonly<Record<Shape, Exclude<Answer, Error>>> = {
  '{}': { headers: json, text: '{}' },
  '[]': { headers: json, text: '[]' },
  null: { headers: json, text: 'null' },
  text: { headers: json, text: '"text"' },
  '[null]': { headers: json, text: '[null]' },
  page: { headers: { 'content-type': 'text/html' }, text: '<!doctype html><title>Sign in to the network</title>' },
  empty: {},
  204: { status: 204 },
  304: { status: 304 },
}

for (const [shape, { status = 200, headers, text }] of Object.entries(shapes)) {
  describe(`the answer ${status} ${shape} is a ProtocolError, unless it is promised, of`, async () => {
    for (const [name, { run, legit = {} }] of Object.entries({ ...calls, ...bulkCalls })) {
      const reason = legit[shape as Shape]
      it(reason === undefined ? name : `${name}: ${reason}`, async () => {
        await using server = await loopbackServer((_, response) => response.writeHead(status, headers).end(text))
        const auth = accessToken({ accessToken: 'TOKEN', instanceUrl: server.url })
        await using salesforce = new Salesforce({ auth, retry: false })
        if (reason !== undefined) return void (await run(salesforce))
        await assert.rejects(run(salesforce), (error) => {
          assert.ok(error instanceof ProtocolError, `${error instanceof Error ? error.stack : error}`)
          assert.match(error.message, /succeeded|answer/)
          return true
        })
      })
    }
  })
}

it('every method that reads an answer is asked', () => {
  // Subrequests have tests of their own, and so have logins and bulk jobs; the others make no call.
  const elsewhere = /^(?:bulk\.|login|revoke|composite\(\)\.(?!send)|batch\(\)\.(?!send)|graph\(\)\.(?!send))/
  const silent = ['on', 'sobject', 'collections', 'tree', 'composite', 'batch', 'graph']
  const methods = Object.keys(methodRows(scriptedOrg([{}]).salesforce)).filter((name) => !elsewhere.test(name))
  assert.deepEqual(
    methods.filter((name) => !(name in calls) && !silent.includes(name)),
    [],
  )
})
