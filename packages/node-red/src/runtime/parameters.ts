import { ConfigurationError } from '@forcewire/core'
import type { Operation, Parameter } from '@forcewire/operations'
import type { Message, NodeRed, RuntimeNode } from './node-red.ts'

/** A value as a typedInput saves it: literal text, or where to find the value (`msg`, `flow`, `env`, `jsonata`, ...). */
export interface TypedValue {
  readonly type: string
  readonly value: string
}

/**
 * Reads the value that a typedInput stands for, for this message. Context stores and JSONata may be asynchronous.
 * A property of the message whose parent is missing is as absent as the property alone would be.
 * @param label the field's name in the dialog, for the error
 * @throws ConfigurationError naming the field and why its value cannot be had
 */
export function resolveTyped(
  RED: NodeRed,
  node: RuntimeNode,
  typed: TypedValue,
  message: Message,
  label: string,
): Promise<unknown> {
  const { type, value } = typed
  return new Promise<unknown>((resolve, reject) => {
    RED.util.evaluateNodeProperty(value, type, node, message, (error, found) => {
      if (!error) resolve(found)
      else if (type === 'msg' && error instanceof TypeError) resolve(undefined)
      else reject(error)
    })
  }).catch((error: unknown) => {
    throw new ConfigurationError(`"${label}" cannot be read from ${sourceOf(typed)}: ${reasonOf(error)}`)
  })
}

function sourceOf({ type, value }: TypedValue): string {
  if (type === 'jsonata') return 'its JSONata expression'
  return type === 'json' ? 'its JSON' : `${type}.${value}`
}

/** JSONata throws plain objects with a message. */
function reasonOf(error: unknown): string {
  const { message = String(error) } = error as { message?: string }
  return /[.!?]$/.test(message) ? message : `${message}.`
}

/**
 * The raw values of an operation's parameters for one message, ready for `settleParameters`. Parameters that are
 * hidden by another one's value keep out, so that a leftover of an earlier choice cannot fail the message.
 */
export async function resolveParameters(
  RED: NodeRed,
  node: RuntimeNode,
  operation: Operation,
  saved: Readonly<Record<string, TypedValue | undefined>>,
  message: Message,
): Promise<Record<string, unknown>> {
  const raw: Record<string, unknown> = {}
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    const typed = saved[name] ?? standIn(parameter)
    if (typed === undefined || typed.value === '' || !isShown(operation, parameter, raw)) continue
    const value = await resolveTyped(RED, node, typed, message, parameter.label)
    if (value !== undefined && value !== '') raw[name] = value
  }
  return raw
}

/** What a parameter holds in a node that was saved before the parameter existed. */
function standIn({ kind }: Parameter): TypedValue | undefined {
  return kind === 'binary' ? { type: 'msg', value: 'payload' } : undefined
}

function isShown(operation: Operation, { when }: Parameter, raw: Readonly<Record<string, unknown>>): boolean {
  if (when === undefined) return true
  const controller = operation.parameters[when.parameter]
  if (controller !== undefined && !isShown(operation, controller, raw)) return false
  const value = raw[when.parameter] ?? controller?.default
  return when.is.some((wanted) => String(wanted) === String(value))
}
