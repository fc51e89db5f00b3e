/** The value of a path in a record of a query. */
export function valueAt(record: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = record
  for (const step of path.split('.')) value = (value as Record<string, unknown> | null)?.[step] ?? null
  return value
}
