/** The JSON object of a request body; an empty one where the body is something else, so that checks name what is missing. */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}
