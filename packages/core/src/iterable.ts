import { refuse } from './check.ts'

/** What can be read part by part: all at once, or as it comes. */
export type AnyIterable<T> = Iterable<T> | AsyncIterable<T>

type Methods = Readonly<Record<symbol, unknown>>

function methodOf(value: object): symbol | undefined {
  return [Symbol.asyncIterator, Symbol.iterator].find((name) => typeof (value as Methods)[name] === 'function')
}

/** Whether a value can be read part by part; a text is not meant. */
export function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && methodOf(value) !== undefined
}

/**
 * An input at the moment at which its reading begins.
 *
 * @throws ConfigurationError when its iterator is none; whatever the input itself throws.
 */
export function openInput<T>(option: string, input: AnyIterable<T>): AnyIterable<T> {
  const method = methodOf(input) as symbol
  const iterator = (input as Iterable<T>)[method as typeof Symbol.iterator]() as Iterator<T> | null | undefined
  if (typeof iterator?.next !== 'function')
    refuse(`The iterator of ${option}`, 'an object with a method next', iterator)
  const source: Methods = { [method]: () => iterator }
  return source as unknown as AnyIterable<T>
}
