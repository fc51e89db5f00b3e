import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { doubleText } from '../../src/csv/write.ts'

describe('doubleText', () => {
  const cases: Record<string, number> = {
    '0.0': 0,
    '5.0': 5,
    '-0.25': -0.25,
    '9999999.0': 9_999_999,
    '1.0E7': 10_000_000,
    '9.12260031E8': 912_260_031,
    '0.001': 0.001,
    '1.0E-4': 0.0001,
  }
  for (const [text, value] of Object.entries(cases)) {
    it(`writes ${value} as ${text}, as Java does`, () => assert.equal(doubleText(value), text))
  }
})
