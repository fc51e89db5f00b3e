const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/

/** The stored form of a date (`YYYY-MM-DD`), or undefined when the text is no day of the calendar. */
export function storedDate(text: string): string | undefined {
  const match = DATE.exec(text)
  if (!match) return undefined
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : undefined
}

/**
 * The stored form of a date-time (`YYYY-MM-DDTHH:mm:ss.SSSZ`, UTC), or undefined when the text is none.
 * Accepts an offset with or without a colon, none (UTC) and a bare date (midnight UTC); fractions beyond milliseconds are cut.
 */
export function storedDateTime(text: string): string | undefined {
  const match = DATE_TIME.exec(text)
  if (!match) {
    const day = storedDate(text)
    return day && `${day}T00:00:00.000Z`
  }
  const [, day = '', time = '', offset = 'Z'] = match
  if (storedDate(day) === undefined) return undefined
  const zone = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`
  const date = new Date(`${day}T${time}${zone}`)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/** The forms of a date-time in Bulk API 2.0; the guide wrote the offset without a colon once. */
const BULK_DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?(?:Z|[+-]\d{2}:?\d{2})$/

/**
 * The stored form of a date in CSV, or undefined: a bare date (Bulk API 2.0 guide, "Valid Date Format in Records (2.0)"), or
 * one with a `Z` ("Sample CSV Files"). An offset is not allowed.
 */
export function storedBulkDate(text: string): string | undefined {
  return storedDate(text.endsWith('Z') ? text.slice(0, -1) : text)
}

/**
 * The stored form of a date-time in CSV, or undefined: it has seconds and an offset or `Z`, milliseconds or none (Bulk API 2.0
 * guide, "Valid Date Format in Records (2.0)"; Snowfakery, issue 793: a bare date is refused).
 */
export function storedBulkDateTime(text: string): string | undefined {
  return BULK_DATE_TIME.test(text) ? storedDateTime(text) : undefined
}

/** The REST form of a stored date-time: `2026-05-01T07:25:37.000+0000`, without a colon in the offset. */
export function restDateTime(stored: string): string {
  return `${stored.slice(0, -1)}+0000`
}
