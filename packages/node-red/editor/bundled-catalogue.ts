import type { CatalogueOperation } from './catalogue.ts'

/** Put in by the build: the catalogue without its code. */
declare const FORCEWIRE_CATALOGUE: Readonly<Record<string, CatalogueOperation>>

/** The operations by id. */
export const catalogue: Readonly<Record<string, CatalogueOperation>> = FORCEWIRE_CATALOGUE

/** A text of the locale files; all sets share the dialogs' own texts, so the connection's file serves every dialog. */
export function text(key: string, values?: Readonly<Record<string, string | number>>): string {
  return RED._(`@forcewire/node-red-salesforce/connection:${key}`, values)
}

/** The label of a parameter of an operation, from the file of the operation's own node. */
export function parameterLabel(operation: string, parameter: string): string {
  const set = operation.split('.')[0] ?? ''
  return RED._(`@forcewire/node-red-salesforce/${set}:operations.${operation}.parameters.${parameter}.label`)
}

/** The label of one option of a choice. */
export function optionLabel(operation: string, parameter: string, option: string): string {
  const set = operation.split('.')[0] ?? ''
  return RED._(
    `@forcewire/node-red-salesforce/${set}:operations.${operation}.parameters.${parameter}.options.${option}`,
  )
}
