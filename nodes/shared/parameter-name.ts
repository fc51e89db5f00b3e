import type { Operation } from '@forcewire/operations'

/** Names that the node itself uses, next to which a parameter of an operation cannot have the same one. */
const taken = new Set(['authentication', 'operation', 'options', 'record', 'resource'])

/**
 * The name under which n8n stores a parameter of an operation: its own, or `bulkOperation` for the parameter
 * `operation` of a bulk operation. Wire-stable, since saved workflows hold it.
 */
export function parameterName({ id }: Operation, name: string): string {
  if (!taken.has(name)) return name
  const [resource] = id.split('.')
  return `${resource}${name.charAt(0).toUpperCase()}${name.slice(1)}`
}
