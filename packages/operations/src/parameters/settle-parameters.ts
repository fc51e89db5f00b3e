import { ConfigurationError } from '@forcewire/core/portable'
import type { Operation, Parameter, Parameters, ParameterValues } from '../operation.ts'
import { convert } from './convert.ts'

/**
 * Makes the values that `run` gets from what a host's form holds: texts converted to the parameter's kind, defaults
 * filled in, hidden parameters left out.
 * @throws ConfigurationError naming the parameter, what is wrong with its value and what it takes.
 */
export function settleParameters(
  operation: Operation,
  raw: Readonly<Record<string, unknown>>,
): ParameterValues<Parameters> {
  const settled: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    if (!isShown(parameter, settled)) continue
    const value = isEmpty(raw[name]) ? parameter.default : convert(parameter, raw[name])
    if (value === undefined && parameter.required === true) {
      throw new ConfigurationError(`"${parameter.label}" is empty. Fill it in: ${lowerFirst(parameter.description)}.`)
    }
    if (value !== undefined) settled[name] = value
  }
  return settled as ParameterValues<Parameters>
}

/** Whether a parameter applies, given the settled values of those declared before it. */
export function isShown({ when }: Parameter, values: Readonly<Record<string, unknown>>): boolean {
  return when === undefined || when.is.some((value) => value === values[when.parameter])
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text
}
