import { ProtocolError } from '../errors/protocol-error.ts'

/**
 * What an answer is promised to hold under a name; without a name the answer itself.
 *
 * @param what - What was asked for, at the start of a sentence: `The list of actions`.
 * @throws ProtocolError when a success holds something else, so that no TypeError comes from inside.
 */
export function expectedList<T>(what: string, answer: unknown, name?: string): T[] {
  const value = partOf(answer, name)
  if (Array.isArray(value)) return value as T[]
  throw unexpected(what, 'a list', name)
}

/** As {@link expectedList}, for an object. */
export function expectedObject<T extends object>(what: string, answer: unknown, name?: string): T {
  const value = partOf(answer, name)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T
  throw unexpected(what, 'an object', name)
}

function partOf(answer: unknown, name: string | undefined): unknown {
  if (name === undefined) return answer
  return (answer as Readonly<Record<string, unknown>> | null | undefined)?.[name]
}

function unexpected(what: string, kind: string, name: string | undefined): ProtocolError {
  const place = name === undefined ? kind : `${kind} under '${name}'`
  return new ProtocolError(`${what} succeeded, but its answer is not what Salesforce promises: there is no ${place}`)
}
