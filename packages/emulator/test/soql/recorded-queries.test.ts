import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Answer, type Call, caller } from '../query/calls.ts'
import { recordedLines, skipRecorded } from '../query/recorded.ts'

/** What may stand between a good query and its rows here: names that this org lacks. */
const LACKING: ReadonlySet<string> = new Set(['INVALID_FIELD', 'INVALID_TYPE'])

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

  it('runs valid queries, misses a name of theirs, or refuses what they mean', async () => {
    let ran = 0
    for (const soql of recordedLines('soql/valid.txt')) {
      const answer = await ask(soql)
      assert.ok(answer.status === 200 || answer.status === 400, `${soql}: ${answer.status} ${answer.text}`)
      if (answer.status === 200) ran += 1
      else assert.ok(isFairRefusal(answer), `${soql}: ${answer.text}`)
    }
    assert.ok(ran >= 75, `${ran} ran`)
  })

  it('refuses every invalid query with 400', async () => {
    for (const soql of recordedLines('soql/invalid.txt')) assert.equal((await ask(soql)).status, 400, soql)
  })
})

/** Syntax alone made these queries valid: a real org refuses what they mean, too. */
const MEANING = [
  /invalid ID field/,
  /must be grouped or aggregated/,
  /LIMIT of at most 200/,
  /COUNT\(Id, Name\) expects one field/,
]

function isFairRefusal(answer: Answer): boolean {
  const [{ errorCode, message }] = answer.json
  return LACKING.has(errorCode) || MEANING.some((pattern) => pattern.test(message))
}
