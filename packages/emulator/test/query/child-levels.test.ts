import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyOrg } from './calls.ts'

describe('children of children', () => {
  const call = emptyOrg()
  const below = (levels: number): string =>
    levels === 0 ? 'SELECT Id' : `SELECT Id, (${below(levels - 1)} FROM ChildAccounts)`
  const ask = (levels: number, version: string): ReturnType<typeof call> =>
    call('GET', `/services/data/v${version}/query?q=${encodeURIComponent(`${below(levels)} FROM Account`)}`)

  for (const [version, most] of [
    ['57.0', 1],
    ['58.0', 4],
    ['67.0', 4],
  ] as const) {
    it(`go ${most} down in version ${version}`, async () => {
      assert.equal((await ask(most, version)).status, 200)
      const { status, json } = await ask(most + 1, version)
      assert.equal(status, 400)
      assert.equal(json[0].errorCode, 'MALFORMED_QUERY')
      assert.match(json[0].message, new RegExp(`more than ${most} level away from the root entity object\\.$`))
    })
  }
})
