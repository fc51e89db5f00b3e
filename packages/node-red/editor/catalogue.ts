import type { Operation, Parameter } from '@forcewire/operations'
import type { SavedValue } from './editor-api.ts'

/** An operation as the dialogs know it. */
export type CatalogueOperation = Pick<Operation, 'id' | 'rows' | 'single' | 'parameters'>

type SavedValues = Readonly<Record<string, SavedValue | undefined>>

/** What a new field holds. */
export function initialValue({ kind, default: preset }: Parameter): SavedValue {
  const types: Partial<Record<Parameter['kind'], string>> = { flag: 'bool', number: 'num', json: 'json' }
  if (kind === 'binary' || kind === 'rows') return { type: 'msg', value: 'payload' }
  return { type: types[kind] ?? 'str', value: String(preset ?? (kind === 'flag' ? false : '')) }
}

/**
 * Is a field asked for, given the others? A controlling value that is known only when a message comes (from `msg`,
 * a context, ...) could be any, so everything that depends on it is shown.
 */
export function isShown(operation: CatalogueOperation, { when }: Parameter, values: SavedValues): boolean {
  if (when === undefined) return true
  const controller = operation.parameters[when.parameter]
  if (controller === undefined) return true
  if (!isShown(operation, controller, values)) return false
  const { type, value } = values[when.parameter] ?? initialValue(controller)
  if (type !== 'str' && type !== 'bool') return true
  return when.is.some((wanted) => String(wanted) === value)
}

/** Does the operation give one bare result, so that there is nothing to choose about lists? */
export function isSingle({ rows, single, parameters }: CatalogueOperation, values: SavedValues): boolean {
  if (rows === 'one' || single === true) return true
  const controller = single && parameters[single.parameter]
  if (!controller || !isShown({ id: 'record.any', rows, parameters }, controller, values)) return false
  const { type, value } = values[single.parameter] ?? initialValue(controller)
  return type === 'str' && single.is.some((wanted) => String(wanted) === value)
}

/** Names of the required parameters that are shown and empty. */
export function missingParameters(operation: CatalogueOperation, values: SavedValues): string[] {
  return Object.entries(operation.parameters)
    .filter(([name, parameter]) => {
      const { value } = values[name] ?? initialValue(parameter)
      return parameter.required === true && value.trim() === '' && isShown(operation, parameter, values)
    })
    .map(([name]) => name)
}
