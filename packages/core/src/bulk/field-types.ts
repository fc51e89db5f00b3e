import type { FieldConverter } from '../csv/row-reader.ts'
import { ApiError } from '../errors/api-error.ts'
import { LimitError } from '../errors/limit-error.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList } from '../http/expected.ts'

interface Field {
  readonly name: string
  readonly type: string
}

/** What a column of a query result becomes; `undefined` in CSV is the empty field. */
type Converters = (header: readonly string[]) => FieldConverter[]

const numbers = new Set(['int', 'long', 'double', 'currency', 'percent'])

/** How Salesforce says that there is no such object, or none for this user. */
const refusals = new Set([400, 403, 404])

/** So many digits are exact in a number. */
const exactDigits = 15

const asText: FieldConverter = (text) => (text === '' ? null : text)
const asBoolean: FieldConverter = (text) => (text === 'true' ? true : text === 'false' ? false : asText(text))

/** Whole numbers, which most are, without `Number`: that takes as long as all else about a field. */
const asNumber: FieldConverter = (text) => {
  let whole = 0
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9 || at === exactDigits) return numberOrText(text)
    whole = whole * 10 + digit
  }
  return text === '' ? null : whole
}

function numberOrText(text: string): unknown {
  const value = Number(text)
  // `Number` takes spaces for 0. Numbers begin with a sign, a point or a digit, which lie from `+` to `9`.
  return Number.isFinite(value) && text >= '+' && text < ':' ? value : text
}

/** Leaves every value the text that stands in the CSV; only an empty field is `null`, as Salesforce has no empty texts. */
export const textConverters: Converters = (header) => header.map(() => asText)

/**
 * Finds out from the object's describe which columns of a bulk query hold numbers and booleans. Nothing is guessed from
 * the data: Ids, phone numbers and everything reached through a parent (`Owner.Name`) stay text, as does what is neither
 * a number nor a boolean, since a column may have the name of another field as its alias. An empty field is `null`, as it
 * is in the REST API. Where Salesforce says that there is no describe everything is text and a warning says
 * so; any other failure is thrown, since values must not change their type by a moment of trouble.
 */
export async function fieldConverters(connection: Connection, object: string, call: CallOptions): Promise<Converters> {
  const path = `${connection.dataPath}/sobjects/${encodeURIComponent(object)}/describe`
  const types = new Map<string, FieldConverter>()
  try {
    const answer = await connection.json<unknown>({ method: 'GET', path, replay: 'always' }, call)
    for (const { name, type } of expectedList<Field>(`The describe of ${object}`, answer, 'fields')) {
      if (type === 'boolean') types.set(name.toLowerCase(), asBoolean)
      else if (numbers.has(type)) types.set(name.toLowerCase(), asNumber)
    }
  } catch (error) {
    if (!(error instanceof ApiError && refusals.has(error.status)) || error instanceof LimitError) throw error
    connection.warn(
      `Numbers and booleans of the bulk query stay text, since ${object} has no describe: ${error.message}`,
    )
  }
  return (header) => header.map((column) => types.get(column.toLowerCase()) ?? asText)
}
