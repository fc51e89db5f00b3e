/** Days as numbers since 1970-01-01 (UTC): `from` is the first day of the range, `to` the first day after it. */
export interface DayRange {
  readonly from: number
  readonly to: number
}

const DAY = 86_400_000
/** The days that a text of ten characters can name. */
const [FIRST, LAST] = [Date.parse('0001-01-01') / DAY, Date.parse('9999-12-31') / DAY]
type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR'

const NAMED: Readonly<Record<string, readonly [Unit, number]>> = {
  YESTERDAY: ['DAY', -1],
  TODAY: ['DAY', 0],
  TOMORROW: ['DAY', 1],
}
const RELATIVE = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/
const COUNTED =
  /^(?:(LAST|NEXT)_N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO):(\d+)$/

/**
 * The days that a date literal names, seen from `now` (ms since the epoch). The org's time zone is UTC, its week starts
 * on Sunday and its fiscal year is the calendar year.
 *
 * LAST_N_DAYS counts back from and including today; LAST_N_WEEKS and longer end before the current unit; NEXT_N_DAYS
 * starts tomorrow. N_..._AGO is one whole unit.
 *
 * Source: SOQL and SOSL Reference, "Date Formats and Date Literals in WHERE".
 *
 * @returns the range, or undefined where the text is no date literal.
 */
export function dayRange(literal: string, now: number): DayRange | undefined {
  const text = literal.toUpperCase()
  const today = Math.floor(now / DAY)
  const named = NAMED[text]
  if (named !== undefined) return units(today, named[0], named[1], named[1] + 1)
  if (text === 'LAST_90_DAYS') return { from: today - 90, to: today + 1 }
  if (text === 'NEXT_90_DAYS') return { from: today + 1, to: today + 91 }
  const relative = RELATIVE.exec(text)
  if (relative !== null) {
    const shift = { LAST: -1, THIS: 0, NEXT: 1 }[relative[1] as 'LAST' | 'THIS' | 'NEXT']
    return units(today, relative[2] as Unit, shift, shift + 1)
  }
  const counted = COUNTED.exec(text)
  if (counted === null) return undefined
  const count = Number(counted[4])
  const unit = (counted[2] ?? counted[3]) as Unit
  if (counted[1] === 'NEXT') return units(today, unit, 1, count + 1)
  if (counted[1] === undefined) return units(today, unit, -count, 1 - count)
  return units(today, unit, -count, unit === 'DAY' ? 1 : 0)
}

/** The day number as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

function units(today: number, unit: Unit, from: number, to: number): DayRange {
  return { from: bounded(startOf(today, unit, from), from), to: bounded(startOf(today, unit, to), to) }
}

/** However far away, it stays in the calendar. Beyond what a Date can hold there is no number. */
function bounded(day: number, shift: number): number {
  if (Number.isNaN(day)) return shift < 0 ? FIRST : LAST
  return Math.min(Math.max(day, FIRST), LAST)
}

function startOf(today: number, unit: Unit, shift: number): number {
  const date = new Date(today * DAY)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth()
  switch (unit) {
    case 'DAY':
      return today + shift
    case 'WEEK':
      return today - date.getUTCDay() + shift * 7
    case 'MONTH':
      return Date.UTC(year, month + shift, 1) / DAY
    case 'QUARTER':
      return Date.UTC(year, Math.floor(month / 3) * 3 + shift * 3, 1) / DAY
    case 'YEAR':
      return Date.UTC(year + shift, 0, 1) / DAY
  }
}
