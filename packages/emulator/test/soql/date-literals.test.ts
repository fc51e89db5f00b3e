import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayRange, dayText } from '../../src/soql/date-literals.ts'

/** A Sunday, so that the week begins today. */
const NOW = Date.UTC(2026, 10, 22, 13, 45)

function days(literal: string): [string, string] {
  const range = dayRange(literal, NOW)
  assert.ok(range, literal)
  return [dayText(range.from), dayText(range.to)]
}

describe('dayRange', () => {
  const cases: Record<string, [string, string]> = {
    TODAY: ['2026-11-22', '2026-11-23'],
    yesterday: ['2026-11-21', '2026-11-22'],
    THIS_WEEK: ['2026-11-22', '2026-11-29'],
    LAST_WEEK: ['2026-11-15', '2026-11-22'],
    NEXT_MONTH: ['2026-12-01', '2027-01-01'],
    LAST_QUARTER: ['2026-07-01', '2026-10-01'],
    THIS_FISCAL_YEAR: ['2026-01-01', '2027-01-01'],
    LAST_90_DAYS: ['2026-08-24', '2026-11-23'],
    NEXT_90_DAYS: ['2026-11-23', '2027-02-21'],
    'LAST_N_DAYS:7': ['2026-11-15', '2026-11-23'],
    'NEXT_N_DAYS:1': ['2026-11-23', '2026-11-24'],
    'N_DAYS_AGO:2': ['2026-11-20', '2026-11-21'],
    'LAST_N_MONTHS:12': ['2025-11-01', '2026-11-01'],
    'NEXT_N_WEEKS:2': ['2026-11-29', '2026-12-13'],
    'N_QUARTERS_AGO:1': ['2026-07-01', '2026-10-01'],
    'LAST_N_FISCAL_QUARTERS:2': ['2026-04-01', '2026-10-01'],
    'N_YEARS_AGO:1': ['2025-01-01', '2026-01-01'],
    'LAST_N_DAYS:99999999999': ['0001-01-01', '2026-11-23'],
    'NEXT_N_YEARS:9999999': ['2027-01-01', '9999-12-31'],
  }
  for (const [literal, range] of Object.entries(cases)) {
    it(`reads ${literal} as ${range[0]} up to ${range[1]}`, () => assert.deepEqual(days(literal), range))
  }

  it('knows no other words', () => assert.equal(dayRange('SOMEDAY', NOW), undefined))
})
