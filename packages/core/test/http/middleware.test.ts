import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Middleware, MiddlewareRequest } from '@forcewire/core'
import { scriptedOrg } from '../support/scripted-org.ts'

describe('a middleware that does what it must not is told so, and its request is not sent', () => {
  const gives = (answer: unknown) => async () => answer
  const hands = (changes: object) => (request: MiddlewareRequest, next: (changed: unknown) => unknown) =>
    next({ ...request, ...changes })
  const cases: Readonly<Record<string, readonly [unknown, RegExp]>> = {
    'nothing given back': [gives(undefined), /gives back must be the answer of next\(request\), but is undefined/],
    'something else given back': [
      gives({}),
      /gives back must be the answer of next\(request\), but is an empty object/,
    ],
    'nothing handed on': [(_: unknown, next: () => unknown) => next(), /method must be one of GET.*but is undefined/],
    'a wrong method': [hands({ method: 'TRACE' }), /method must be one of GET.*but is 'TRACE'/],
    'a wrong path': [hands({ path: 5 }), /path must be a text that is not empty, but is 5/],
    'wrong headers': [hands({ headers: { a: 'b\r\nc: d' } }), /headers\['a'\] must be a text of one line/],
    'a part that it has not': [hands({ body: 'x' }), /has no option 'body'; it takes method, path, headers/],
  }
  for (const [name, [middleware, message]] of Object.entries(cases)) {
    it(name, async () => {
      const { salesforce, requests } = scriptedOrg([{ json: {} }], { middleware: [middleware as Middleware] })
      await assert.rejects(salesforce.limits(), { code: 'ERR_SF_CONFIG', message })
      assert.equal(requests.length, 0)
    })
  }
})
