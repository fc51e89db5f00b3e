import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Answer, type Call, caller } from '../query/calls.ts'
import { recordedLines, skipRecorded } from '../query/recorded.ts'

/** What may stand between a good query and its rows here: names that this org lacks. */
const LACKING: ReadonlySet<string> = new Set(['INVALID_FIELD', 'INVALID_TYPE'])

/** Lines of `valid.txt` that have the syntax of SOQL and that an org refuses for what they say: how it does, and how many. */
const MEANINGLESS = [
  // An Id of one character, as `vcr-400-invalid-query-filter` shows.
  { refusal: /invalid ID field/, lines: 6 },
  // A plain field beside an aggregate or under GROUP BY (SOQL and SOSL Reference, "GROUP BY").
  { refusal: /must be grouped or aggregated/, lines: 2 },
  // FIELDS(ALL) without a LIMIT (SOQL and SOSL Reference, "FIELDS()").
  { refusal: /LIMIT of at most 200/, lines: 2 },
  // A semi-join in a semi-join (SOQL and SOSL Reference, "Comparison Operators").
  { refusal: /Nesting of semi join sub-selects/, lines: 1 },
  // COUNT takes one field (SOQL and SOSL Reference, "COUNT()").
  { refusal: /COUNT\(Id, Name\) expects one field/, lines: 1 },
] as const

describe('recorded queries', { skip: skipRecorded }, () => {
  let emulator: Emulator
  let call: Call
  before(async () => {
    emulator = await createEmulator({ seed: 'demo' })
    call = caller(emulator)
  })
  after(() => emulator.close())

  const ask = (soql: string): Promise<Answer> => call('GET', `/query?q=${encodeURIComponent(soql)}`)

  it('runs what real orgs accepted, or misses a name of theirs', async () => {
    for (const soql of recordedLines('soql/accepted-by-real-org.txt')) {
      const answer = await ask(soql)
      if (answer.status !== 200) assert.ok(LACKING.has(answer.json[0].errorCode), `${soql}: ${answer.text}`)
    }
  })

  it('runs valid queries, misses a name of theirs, or refuses the few that mean nothing', async () => {
    const refusals = new Map(MEANINGLESS.map((one) => [one, 0]))
    for (const soql of recordedLines('soql/valid.txt')) {
      const answer = await ask(soql)
      if (answer.status === 200) continue
      const [{ errorCode, message }] = answer.json
      assert.equal(answer.status, 400, soql)
      if (LACKING.has(errorCode)) continue
      const reason = MEANINGLESS.find(({ refusal }) => refusal.test(message))
      assert.ok(reason, `${soql}: ${message}`)
      refusals.set(reason, (refusals.get(reason) ?? 0) + 1)
    }
    for (const [{ refusal, lines }, count] of refusals) assert.equal(count, lines, String(refusal))
  })

  it('refuses every invalid query with 400', async () => {
    for (const soql of recordedLines('soql/invalid.txt')) assert.equal((await ask(soql)).status, 400, soql)
  })
})
