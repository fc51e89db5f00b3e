import { WireError } from '../errors.ts'

/** A JSON object as a client sends it. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The value as a JSON object; anything else is refused as unreadable, and no value as a request without a body. */
export function jsonObject(value: unknown, what: string): JsonObject {
  if (value === undefined) throw noEntityBody()
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  throw badRequest(`Cannot deserialize instance of ${what} from ${tokenOf(value)}`)
}

/** A required list of JSON objects. */
export function objectList(parent: JsonObject, name: string): JsonObject[] {
  const list = parent[name]
  if (!Array.isArray(list)) throw badRequest(`Cannot deserialize instance of ${name} from ${tokenOf(list)}`)
  return list.map((entry) => jsonObject(entry, name))
}

/** A required text. */
export function requiredText(parent: JsonObject, name: string): string {
  const value = parent[name]
  if (typeof value === 'string' && value !== '') return value
  throw badRequest(`Cannot deserialize instance of ${name} from ${tokenOf(value)}`)
}

/** The method of a subrequest; case matters ("Composite Subrequest", "Batch Request Body"). */
export function requiredMethod(parent: JsonObject): string {
  const method = requiredText(parent, 'method')
  if (METHODS.includes(method)) return method
  throw badRequest(`Cannot deserialize instance of method from ${tokenOf(method)}`)
}

const METHODS: readonly string[] = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE']

/** A flag that may be left out; false when it is. */
export function optionalFlag(parent: JsonObject, name: string): boolean {
  const value = parent[name] ?? false
  if (typeof value === 'boolean') return value
  throw badRequest(`Cannot deserialize instance of ${name} from ${tokenOf(value)}`)
}

/** Refuses keys that the resource does not know, as Salesforce's parser does. */
export function knownKeys(value: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined) throw badRequest(`Unrecognized field "${unknown}"`)
}

/** 400 for a call without the body that its resource needs. */
export function noEntityBody(): WireError {
  return badRequest('The HTTP entity body is required, but this request has no entity body.')
}

/** 400 for a request that cannot be read: nothing of it is done. */
export function badRequest(message: string): WireError {
  return new WireError(400, { errorCode: 'JSON_PARSER_ERROR', message })
}

function tokenOf(value: unknown): string {
  if (value === undefined) return 'nothing: the request is missing a required field'
  if (value === null) return 'VALUE_NULL'
  if (Array.isArray(value)) return 'START_ARRAY value ['
  return typeof value === 'object' ? 'START_OBJECT value {' : `VALUE_${(typeof value).toUpperCase()} value ${value}`
}
