import type { FieldDescribe } from '../sobject/describe.ts'

/** What a field holds, by the field types of the SOAP API guide, "Field Types"; the others hold text. */
const scalars: Readonly<Record<string, string>> = {
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  boolean: 'boolean',
  address: 'CompoundAddress',
  location: 'CompoundLocation',
  anyType: 'unknown',
  complexvalue: 'unknown',
  json: 'unknown',
}

/**
 * Types beside text that the client writes as the text which Salesforce takes. A field of type date takes text only: a
 * `Date` is a moment, which Salesforce refuses there.
 */
const alsoWritten: Readonly<Record<string, string>> = {
  datetime: 'string | Date',
  base64: 'string | Uint8Array',
}

/** The type of a field as it is read. A restricted picklist holds one of its values; any other may hold old ones. */
export function readType(field: FieldDescribe): string {
  return orNull(field, valueType(field))
}

/** The type of a field as it is written: inactive values of a restricted picklist are refused by Salesforce. */
export function writeType(field: FieldDescribe): string {
  const active = field.picklistValues.filter((value) => value.active)
  return orNull(field, alsoWritten[field.type] ?? valueType({ ...field, picklistValues: active }))
}

/** The type of a field's value where there is one. */
export function valueType(field: FieldDescribe): string {
  if (field.type === 'picklist' && field.restrictedPicklist && field.picklistValues.length > 0) {
    return [...new Set(field.picklistValues.map(({ value }) => quoted(value)))].join(' | ')
  }
  return scalars[field.type] ?? 'string'
}

/** A text as a type. */
export function quoted(text: string): string {
  const json = JSON.stringify(text)
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`
}

function orNull(field: FieldDescribe, type: string): string {
  return field.nillable && type !== 'unknown' ? `${type} | null` : type
}
