import { type Operation, operationsOf, type Resource, resources } from '@forcewire/operations'
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow'
import { parameterName } from './parameter-name.ts'
import { parameterProperty } from './parameter-property.ts'
import { recordProperty } from './record-mapping.ts'

/**
 * The parameter panel of the action node, made from the catalogue: the resource list, one operation list a resource,
 * then the parameters of each operation.
 */
export function operationProperties(): INodeProperties[] {
  const used = resources.filter((resource) => operationsOf(resource.name).length > 0)
  return [
    resourceSelect(used),
    ...used.map(operationSelect),
    ...used.flatMap((resource) => operationsOf(resource.name).flatMap(parametersOf)),
  ]
}

function resourceSelect(used: readonly Resource[]): INodeProperties {
  return {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: used
      .map(({ name, label, description }) => ({ name: label, value: name, description }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    default: 'record',
  }
}

function operationSelect(resource: Resource): INodeProperties {
  const options: INodePropertyOptions[] = operationsOf(resource.name)
    .map(({ id, label, description, action }) => ({
      name: label,
      value: id.slice(resource.name.length + 1),
      description: description.replace(/\.$/, ''),
      action,
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
  const first = operationsOf(resource.name)[0] as Operation
  return {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: [resource.name] } },
    options,
    default: first.id.slice(resource.name.length + 1),
  }
}

function parametersOf(operation: Operation): INodeProperties[] {
  const [resource = '', action = ''] = operation.id.split('.')
  const shown = { resource: [resource], operation: [action] }
  const main: INodeProperties[] = []
  const options: INodeProperties[] = []
  for (const [key, parameter] of Object.entries(operation.parameters)) {
    const optional = isOption(operation, key)
    const property = parameterProperty({
      name: parameterName(operation, key),
      parameter,
      objectName: parameter.of === undefined ? undefined : parameterName(operation, parameter.of),
    })
    const when = visibility(operation, key, optional)
    if (optional) options.push(when === undefined ? property : { ...property, displayOptions: { show: when } })
    else main.push({ ...property, displayOptions: { show: { ...shown, ...when } } })
  }
  if (operation.rows === 'one') main.push({ ...recordProperty(operation), displayOptions: { show: shown } })
  return options.length === 0 ? main : [...main, optionsCollection(options, shown)]
}

/**
 * Whether a parameter stands under "Options": what the catalogue calls advanced, and numbers without a default, since
 * n8n can only show "no number" as an option that was not added.
 */
export function isOption({ parameters }: Operation, key: string): boolean {
  const parameter = parameters[key]
  if (parameter === undefined) return false
  const openNumber = parameter.kind === 'number' && parameter.default === undefined && parameter.required !== true
  return parameter.advanced === true || openNumber
}

type Show = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>

/** n8n reads a name with a leading slash from the root of the parameters, so that an option can look outside. */
function visibility(operation: Operation, key: string, fromOption: boolean): Show | undefined {
  const { when } = operation.parameters[key] ?? {}
  if (when === undefined) return undefined
  const name = parameterName(operation, when.parameter)
  return { [fromOption && !isOption(operation, when.parameter) ? `/${name}` : name]: [...when.is] }
}

function optionsCollection(options: INodeProperties[], show: Show): INodeProperties {
  return {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    displayOptions: { show },
    options: options.sort((a, b) => a.displayName.localeCompare(b.displayName)),
  }
}
