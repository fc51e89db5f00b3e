import type { FieldType } from '../schema/types.ts'

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const DECIMAL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 15 })
const CURRENCY = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })
const DAY = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' })
const TIME = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' })

/**
 * The text that FORMAT() makes of a stored value for the users of the org, who are all in the United States and live in
 * UTC (SOQL and SOSL Reference, "FORMAT()").
 */
export function localized(type: FieldType, stored: unknown): string | null {
  if (stored === null) return null
  switch (type) {
    case 'currency':
      return CURRENCY.format(Number(stored))
    case 'int':
      return WHOLE.format(Number(stored))
    case 'double':
      return DECIMAL.format(Number(stored))
    case 'percent':
      return `${DECIMAL.format(Number(stored))}%`
    case 'date':
      return DAY.format(new Date(`${stored}T00:00:00Z`))
    case 'datetime':
      return TIME.format(new Date(String(stored))).replace('\u202f', ' ')
    default:
      return String(stored)
  }
}
