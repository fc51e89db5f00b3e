/**
 * Leaves what a Node stream may fail with before its first chunk is read (a file that is missing) to its reader, who
 * meets it then. Without a listener such an error ends the process.
 */
export function heldErrors<T>(stream: T): T {
  const { on } = (stream ?? {}) as { readonly on?: unknown }
  if (typeof on === 'function') on.call(stream, 'error', () => {})
  return stream
}
