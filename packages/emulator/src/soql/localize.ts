import type { FieldType } from '../schema/types.ts'

interface Formats {
  readonly whole: Intl.NumberFormat
  readonly decimal: Intl.NumberFormat
  readonly currency: Intl.NumberFormat
  readonly day: Intl.DateTimeFormat
  readonly time: Intl.DateTimeFormat
}

let made: Formats | undefined

/** Formats are slow to make and few queries need them. */
function formats(): Formats {
  made ??= {
    whole: new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 }),
    decimal: new Intl.NumberFormat('en-US', { maximumFractionDigits: 15 }),
    currency: new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }),
    day: new Intl.DateTimeFormat('en-US', { timeZone: 'UTC' }),
    time: new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', dateStyle: 'short', timeStyle: 'short' }),
  }
  return made
}

/**
 * The text that FORMAT() makes of a stored value for the users of the org, who are all in the United States and live in
 * UTC (SOQL and SOSL Reference, "FORMAT()").
 */
export function localized(type: FieldType, stored: unknown): string | null {
  if (stored === null) return null
  switch (type) {
    case 'currency':
      return formats().currency.format(Number(stored))
    case 'int':
      return formats().whole.format(Number(stored))
    case 'double':
      return formats().decimal.format(Number(stored))
    case 'percent':
      return `${formats().decimal.format(Number(stored))}%`
    case 'date':
      return formats().day.format(new Date(`${stored}T00:00:00Z`))
    case 'datetime':
      return formats()
        .time.format(new Date(String(stored)))
        .replace('\u202f', ' ')
    default:
      return String(stored)
  }
}
