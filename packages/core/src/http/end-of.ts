/**
 * When work of several calls has to end: its caller aborts it, or the client is closed. The reason is that of the first.
 */
export function endOf(connection: { readonly closing: AbortSignal }, signal: AbortSignal | undefined): AbortSignal {
  return signal === undefined ? connection.closing : AbortSignal.any([connection.closing, signal])
}
