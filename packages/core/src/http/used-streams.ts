import { ConfigurationError } from '../errors/configuration-error.ts'

/** Streams that somebody here has begun to read. What is left of one is nobody's whole body. */
const used = new WeakSet<object>()

/**
 * A stream that nobody has begun to read, as far as one can see from outside.
 *
 * @throws ConfigurationError that names what made it.
 */
export function unusedStream<T extends object>(option: string, stream: T): T {
  const { locked } = stream as { readonly locked?: unknown }
  if (!used.has(stream) && locked !== true) return stream
  throw new ConfigurationError(
    `${option} is a stream that was read before, of which only a rest or nothing would be sent; make a fresh one each time.`,
  )
}

/** Notes that a stream is being read from here on. */
export function useStream(stream: object): void {
  used.add(stream)
}
