import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { recordedCase, recordedIds, recordingsMissing } from '../support/recorded.ts'
import { FAMILIES_LEFT_OUT } from './exceptions.ts'
import { EXCHANGES } from './exchanges.ts'
import { LEFT_OUT } from './left-out.ts'

describe('the recordings', { skip: recordingsMissing }, () => {
  const recorded = recordingsMissing ? [] : [...recordedIds('cases'), ...recordedIds('describe')]
  const tables = Object.values(EXCHANGES).flatMap(Object.keys)
  // The composite family needs more than one request a case: its tests name their cases themselves.
  const composite = readFileSync(new URL('../composite/recorded.test.ts', import.meta.url), 'utf8')
  const asked = new Set([...tables, ...recorded.filter((id) => composite.includes(`'${id}'`))])
  const leftOut = (id: string): boolean => recordedCase(id).api in FAMILIES_LEFT_OUT

  test('are each asked of the emulator, or left out for a reason', () => {
    assert.deepEqual(
      recorded.filter((id) => !asked.has(id) && !leftOut(id)),
      [],
    )
    assert.deepEqual(
      recorded.filter((id) => asked.has(id) && leftOut(id)),
      [],
    )
  })

  test('are there for everything that is said of them', () => {
    const known = new Set(recorded)
    const said = [...tables, ...Object.keys(LEFT_OUT)]
    assert.deepEqual(
      said.filter((id) => !known.has(id)),
      [],
    )
  })
})
