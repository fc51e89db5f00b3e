import type { Parameter, ParameterKind } from '@forcewire/operations'
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow'

/** A parameter where it stands: its stored name, and the stored name of the parameter that names its object. */
export interface PlacedParameter {
  readonly name: string
  readonly parameter: Parameter
  /** Stored name of the parameter that `of` points to. */
  readonly objectName?: string | undefined
}

type Widget = Pick<INodeProperties, 'type' | 'default'> & Partial<INodeProperties>

/**
 * Turns one parameter of the catalogue into n8n's widget for its kind: a searchable resource locator for objects,
 * fields and records, an SQL editor for SOQL, a field list filled from the describe, and so on. Visibility is added by
 * the caller, who knows which operation shows it.
 */
export function parameterProperty(placed: PlacedParameter): INodeProperties {
  const { name, parameter } = placed
  const property: INodeProperties = {
    displayName: parameter.label,
    name,
    description: parameter.description,
    ...widgets[parameter.kind](placed),
  }
  if (parameter.required) property.required = true
  if (parameter.placeholder !== undefined && property.type !== 'resourceLocator') {
    property.placeholder = `e.g. ${parameter.placeholder}`
  }
  return property
}

const widgets: Readonly<Record<ParameterKind, (placed: PlacedParameter) => Widget>> = {
  text: ({ parameter }) => ({ type: 'string', default: textDefault(parameter) }),
  number: ({ parameter }) => ({ type: 'number', typeOptions: range(parameter), default: numberDefault(parameter) }),
  flag: ({ parameter }) => ({ type: 'boolean', default: parameter.default === true }),
  choice: ({ parameter }) => ({ type: 'options', options: choices(parameter), default: textDefault(parameter) }),
  json: ({ parameter }) => ({ type: 'json', typeOptions: { rows: 4 }, default: textDefault(parameter) }),
  soql: ({ parameter }) => ({
    type: 'string',
    typeOptions: { editor: 'sqlEditor', sqlDialect: 'StandardSQL', rows: 5 },
    default: textDefault(parameter),
  }),
  object: ({ parameter }) => locator(parameter, 'searchObjects', []),
  field: ({ parameter, objectName }) =>
    objectName === undefined
      ? { type: 'string', default: textDefault(parameter) }
      : locator(parameter, parameter.only === 'externalId' ? 'searchExternalIdFields' : 'searchFields', [objectName]),
  fields: ({ objectName }) => (objectName === undefined ? { type: 'string', default: noText } : fieldList(objectName)),
  'record-id': ({ parameter, objectName }) =>
    objectName === undefined
      ? { type: 'string', default: textDefault(parameter) }
      : recordLocator(parameter, objectName),
  rows: () => ({ type: 'json', typeOptions: { rows: 6 }, default: noRows }),
  binary: () => ({
    type: 'string',
    default: 'data',
    placeholder: 'e.g. data',
    hint: 'The name of the input field containing the file to be sent',
  }),
  date: ({ parameter }) => ({ type: 'dateTime', default: textDefault(parameter) }),
}

const noText = ''
const noRows = '[]'

function textDefault({ default: given }: Parameter): string {
  return given === undefined ? noText : String(given)
}

/** n8n wants a number to start from even where the catalogue knows none; such a field stands among the options. */
function numberDefault({ default: given, minimum = 0, maximum = Number.POSITIVE_INFINITY }: Parameter): number {
  return typeof given === 'number' ? given : Math.min(Math.max(50, minimum), maximum)
}

function range({ minimum, maximum }: Parameter): NonNullable<INodeProperties['typeOptions']> {
  return {
    ...(minimum === undefined ? {} : { minValue: minimum }),
    ...(maximum === undefined ? {} : { maxValue: maximum }),
  }
}

function choices({ options = [] }: Parameter): INodePropertyOptions[] {
  return options
    .map(({ value, label, description }) => ({
      name: label,
      value,
      ...(description === undefined ? {} : { description }),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

function locator({ placeholder = noText }: Parameter, searchListMethod: string, dependsOn: readonly string[]): Widget {
  return {
    type: 'resourceLocator',
    default: { mode: 'list', value: noText },
    ...(dependsOn.length === 0 ? {} : { typeOptions: { loadOptionsDependsOn: dependsOn.map((on) => `${on}.value`) } }),
    modes: [
      { displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod, searchable: true } },
      { displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${placeholder}` },
    ],
  }
}

function recordLocator({ placeholder = noText }: Parameter, objectName: string): Widget {
  return {
    type: 'resourceLocator',
    default: { mode: 'id', value: noText },
    typeOptions: { loadOptionsDependsOn: [`${objectName}.value`] },
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod: 'searchRecords', searchable: true },
      },
      {
        displayName: 'By URL',
        name: 'url',
        type: 'string',
        placeholder: 'e.g. https://acme.lightning.force.com/lightning/r/Account/001xx000003DGb2AAG/view',
        extractValue: { type: 'regex', regex: lightningRecord },
      },
      { displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${placeholder}` },
    ],
  }
}

/** A record page of Lightning Experience ends in `/lightning/r/<object>/<Id>/view`; Classic's in `/<Id>`. */
const lightningRecord =
  '^https?://[^/]+/(?:lightning/r/(?:[A-Za-z]\\w*/)?)?([a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?)(?:[/?#].*)?$'

function fieldList(objectName: string): Widget {
  return {
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'listFields', loadOptionsDependsOn: [`${objectName}.value`] },
    default: [],
    description:
      'Leave empty for all fields. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
  }
}
