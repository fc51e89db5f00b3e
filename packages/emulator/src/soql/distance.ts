import { SoqlError } from './error.ts'
import type { FunctionCall, Operand } from './functions.ts'
import type { Paths } from './paths.ts'

/** Mean radius of the Earth by the unit that a query measures in. */
const RADIUS: Readonly<Record<string, number>> = { km: 6371.0088, mi: 3958.7613 }
const NUMBER = /^-?\d+(?:\.\d+)?$/

/**
 * The operand of `DISTANCE(BillingAddress, GEOLOCATION(10, 10), 'mi')`: along a great circle, null where the address has
 * no coordinates.
 *
 * Source: SOQL and SOSL Reference, "Compound Field Considerations and Limitations" and "Location-Based SOQL Queries".
 */
export function distanceOperand(call: FunctionCall, paths: Paths): Operand {
  const [from, to, unit] = call.parameters ?? []
  const radius = typeof unit === 'string' ? RADIUS[unit.replaceAll("'", '').toLowerCase()] : undefined
  if (typeof from !== 'string' || radius === undefined) throw malformed(call)
  const { field, node } = paths.column(from)
  if (field.type !== 'address') {
    throw new SoqlError('INVALID_FIELD', `field ${field.name} does not support the function DISTANCE`)
  }
  const prefix = field.name.slice(0, -'Address'.length)
  const here = {
    latitude: paths.stored(node, `${prefix}Latitude`),
    longitude: paths.stored(node, `${prefix}Longitude`),
  }
  const name = call.rawValue ?? 'DISTANCE'
  return {
    sql: `(${2 * radius} * asin(sqrt(${haversine(here, geolocation(to, call))})))`,
    type: 'double',
    name,
    caseSensitive: true,
    aggregate: false,
  }
}

interface Point {
  readonly latitude: string
  readonly longitude: string
}

function geolocation(to: FunctionCall | string | undefined, call: FunctionCall): Point {
  if (typeof to !== 'object' || to.functionName?.toUpperCase() !== 'GEOLOCATION') throw malformed(call)
  const [latitude, longitude] = to.parameters ?? []
  if (!isNumber(latitude) || !isNumber(longitude)) throw malformed(call)
  if (Math.abs(Number(latitude)) > 90 || Math.abs(Number(longitude)) > 180) throw malformed(call)
  return { latitude, longitude }
}

function isNumber(text: unknown): text is string {
  return typeof text === 'string' && NUMBER.test(text)
}

function haversine(one: Point, other: Point): string {
  const half = (a: string, b: string): string => `pow(sin(radians((${a}) - (${b})) / 2), 2)`
  const cosines = `cos(radians(${one.latitude})) * cos(radians(${other.latitude}))`
  return `${half(one.latitude, other.latitude)} + ${cosines} * ${half(one.longitude, other.longitude)}`
}

function malformed(call: FunctionCall): SoqlError {
  const message = `DISTANCE expects a field, GEOLOCATION(latitude, longitude) and 'mi' or 'km': ${call.rawValue ?? ''}`
  return new SoqlError('MALFORMED_QUERY', message)
}
