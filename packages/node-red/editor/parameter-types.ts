import type { Parameter } from '@forcewire/operations'
import { optionLabel, parameterLabel, text } from './bundled-catalogue.ts'
import { listButton, searchLastName, searchNames } from './completion.ts'
import type { Search, TypedInputType, TypedInputWidget } from './editor-api.ts'
import { fieldsOf, objectsOf } from './metadata.ts'

/** What a field needs to know of its dialog. */
export interface FieldSurroundings {
  readonly operation: string
  readonly name: string
  readonly parameter: Parameter
  /** Id of the chosen connection node. */
  readonly connection: () => string
  /** The literal value of another field of the same operation. */
  readonly literalOf: (parameter: string) => string
}

/** Values that are known only when a message comes. */
const dynamic = ['msg', 'flow', 'global', 'env', 'jsonata'] as const

/** The types that a typedInput offers for a parameter: its own literal form, then the dynamic ones. */
export function typesFor(field: FieldSurroundings): (string | TypedInputType)[] {
  const { kind } = field.parameter
  if (kind === 'rows' || kind === 'binary') return ['msg', 'flow', 'global', 'jsonata']
  if (kind === 'flag') return ['bool', ...dynamic]
  if (kind === 'date') return [literal(field), 'date', ...dynamic]
  if (kind === 'number') return [{ ...literal(field), ...numberType }, ...dynamic]
  if (kind === 'json') return [{ ...literal(field), ...jsonType }, ...dynamic]
  if (kind === 'choice') return [choiceType(field), ...dynamic]
  const search = searchFor(field)
  return [{ ...literal(field), ...(search && { autoComplete: search, expand: listButton() }) }, ...dynamic]
}

function literal({ operation, name, parameter }: FieldSurroundings): TypedInputType {
  return {
    value: 'str',
    label: text('value.text'),
    icon: 'red/images/typedInput/az.svg',
    validate: (value) =>
      parameter.required !== true || value.trim() !== '' || text('missing', { label: parameterLabel(operation, name) }),
  }
}

const numberType = {
  value: 'num',
  get label() {
    return text('value.number')
  },
  icon: 'red/images/typedInput/09.svg',
  validate: (value: string): true | string =>
    value === '' || !Number.isNaN(Number(value)) || text('value.not-a-number'),
}

const jsonType = {
  value: 'json',
  label: 'JSON',
  icon: 'red/images/typedInput/json.svg',
  validate: (value: string): true | string => value === '' || isJson(value) || text('value.not-json'),
  expand(this: TypedInputWidget): void {
    const value = this.value()
    RED.editor.editJSON({
      value: isJson(value) ? JSON.stringify(JSON.parse(value), null, 2) : value,
      complete: (edited) => this.value(isJson(edited) ? JSON.stringify(JSON.parse(edited)) : edited),
    })
  },
}

function choiceType({ operation, name, parameter }: FieldSurroundings): TypedInputType {
  const options = parameter.options ?? []
  return {
    value: 'str',
    label: text('value.choice'),
    icon: 'fa fa-list-ul',
    options: options.map(({ value }) => ({ value, label: optionLabel(operation, name, value) })),
  }
}

function searchFor({ parameter, connection, literalOf }: FieldSurroundings): Search | undefined {
  const fields = () => fieldsOf(connection(), literalOf(parameter.of ?? 'object'))
  if (parameter.kind === 'object') return searchNames(() => objectsOf(connection()))
  if (parameter.kind === 'fields') return searchLastName(fields)
  if (parameter.kind !== 'field') return undefined
  return searchNames(fields, (field) => parameter.only !== 'externalId' || field.externalId === true)
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}
