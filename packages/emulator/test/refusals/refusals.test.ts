import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'
import { BULK } from './bulk.ts'
import { type Refusal, refusals, SEED } from './cases.ts'
import { COMPOSITE } from './composite.ts'
import { LOGINS } from './logins.ts'
import { SERVICES } from './services.ts'

const FAMILIES = {
  'Composite resources': COMPOSITE,
  'Bulk API 2.0': BULK,
  Logins: LOGINS,
  'Other services': SERVICES,
}

const README = new URL('../../README.md', import.meta.url)

describe('refusals', () => {
  let emulator: Emulator
  let cases: Refusal[] = []

  before(async () => {
    emulator = await createEmulator()
    const create = (object: string, body: object): Promise<Answer> =>
      send(emulator, 'POST', data(`/sobjects/${object}`), { body })
    const { json: account } = await create('Account', SEED.taken)
    const { json: deleted } = await create('Account', { Name: 'Deleted' })
    await create('Lead', SEED.lead)
    await send(emulator, 'DELETE', data(`/sobjects/Account/${deleted.id}`))
    cases = refusals({ account: account.id, deleted: deleted.id })
  })
  after(() => emulator.close())

  // The cases need Ids that are known once the emulator runs; their texts do not.
  for (const [index, { errorCode, trigger }] of refusals({ account: '', deleted: '' }).entries()) {
    it(`${errorCode}: ${trigger}`, async () => {
      const { method = 'GET', path, body, headers = {}, session = true, status } = cases[index] as Refusal
      const answer = await send(emulator, method, data(path), { body, headers, ...(!session && { token: null }) })
      assert.deepEqual([answer.status, answer.json?.[0]?.errorCode], [status, errorCode], answer.text)
      assert.ok(answer.json[0].message.length > 0)
    })
  }

  for (const [family, rows] of Object.entries(FAMILIES)) {
    describe(family, () => {
      for (const { errorCode, status, trigger, ask, codeOf = firstCode } of rows) {
        it(`${errorCode}: ${trigger}`, async (t) => {
          const answer = await ask(await startEmulator(t, { apiLimit: 60 }))
          assert.deepEqual([answer.status, codeOf(answer)], [status, errorCode], answer.text)
        })
      }
    })
  }

  it('stand in the README, row by row', () => {
    const rows = [...cases, ...Object.values(FAMILIES).flat()].map(
      ({ errorCode, status, trigger }) => `| \`${errorCode}\` | ${status} | ${trigger} |`,
    )
    const [, section = ''] = readFileSync(README, 'utf8').split('## What it refuses')
    const table = section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('| `'))
    assert.deepEqual(table, rows)
  })
})

function firstCode({ json }: Answer): unknown {
  return json?.[0]?.errorCode
}
