import type { Operation, Parameter } from '@forcewire/operations'
import type { NodeDefinition } from './node-definition.ts'

/** A locale file: texts by name, nested. */
export interface Texts {
  readonly [name: string]: string | Texts
}

/**
 * The en-US texts of one node: those that all dialogs share, and the catalogue's own.
 * @throws where a text would be damaged by i18next, which takes `__name__` for a variable
 */
export function localeTexts({ operations }: NodeDefinition, shared: Texts): Texts {
  const texts: Record<string, Record<string, Texts>> = {}
  for (const operation of operations) {
    const [resource = '', name = ''] = operation.id.split('.')
    texts[resource] = { ...texts[resource], [name]: operationTexts(operation) }
  }
  const all: Texts = { ...shared, operations: texts }
  refuseVariables(all)
  return all
}

function operationTexts({ label, description, parameters }: Operation): Texts {
  return {
    label,
    description,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [name, parameterTexts(parameter)]),
    ),
  }
}

function parameterTexts({ label, description, options }: Parameter): Texts {
  return {
    label,
    description: `${description}.`,
    ...(options === undefined
      ? {}
      : { options: Object.fromEntries(options.map((option) => [option.value, option.label])) }),
  }
}

function refuseVariables(
  texts: Texts,
  allowed = /^__(count|names?|user|used|limit|id|label|min|max|message)__$/,
): void {
  for (const text of Object.values(texts)) {
    if (typeof text !== 'string') refuseVariables(text, allowed)
    else {
      for (const [variable] of text.matchAll(/__.+?__/g)) {
        if (!allowed.test(variable)) throw new Error(`i18next would replace ${variable} in the text "${text}".`)
      }
    }
  }
}
