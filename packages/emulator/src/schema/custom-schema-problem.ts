import { FIELD_TYPES } from './described-object.ts'

/** Types that come with an object and are no custom field's. */
const OWN: ReadonlySet<string> = new Set(['id', 'address'])

/** What keeps a value from being a {@link CustomSchema}, in words that follow its name; undefined where nothing does. */
export function customSchemaProblem(value: unknown): string | undefined {
  const { objects = [], fields = {}, ...others } = isObject(value) ? value : { value }
  if (Object.keys(others).length > 0 || !Array.isArray(objects) || !isObject(fields)) {
    return 'must hold {"objects": [{"name": "Invoice__c", ...}], "fields": {"Account": [...]}}'
  }
  for (const [index, object] of objects.entries()) {
    if (!isObject(object)) return `has objects[${index}] that is no object`
    const problem = fieldsProblem(object.fields ?? [])
    if (problem) return `has objects[${index}] whose fields ${problem}`
  }
  for (const [name, list] of Object.entries(fields)) {
    const problem = fieldsProblem(list)
    if (problem) return `has fields of ${name} that ${problem}`
  }
  return undefined
}

function fieldsProblem(fields: unknown): string | undefined {
  if (!Array.isArray(fields)) return 'are no list'
  const wrong = fields.findIndex(
    (field) => !isObject(field) || !FIELD_TYPES.has(String(field.type)) || OWN.has(String(field.type)),
  )
  if (wrong >= 0)
    return `have no known type at [${wrong}]; types are ${[...FIELD_TYPES].filter((type) => !OWN.has(type)).join(', ')}`
  const astray = fields.findIndex(({ type, referenceTo }) => type === 'reference' && !isTexts(referenceTo))
  return astray >= 0 ? `have a reference at [${astray}] without "referenceTo", a list of objects` : undefined
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((text) => typeof text === 'string')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
