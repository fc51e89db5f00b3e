/** What the subrequests before gave: their bodies by reference ID. A subrequest that failed has none. */
export type Bodies = ReadonlyMap<string, unknown>

/** A reference that leads to no value. */
export class UnresolvedReference extends Error {
  override readonly name: string = 'UnresolvedReference'
  /** The reference as written, without `@{}`. */
  readonly path: string
  /** Its part before the first operator. */
  readonly referenceId: string

  constructor(path: string) {
    super(`No value for ${path}`)
    this.path = path
    this.referenceId = referenceIdOf(path)
  }
}

type Value = string | number | boolean | null

/**
 * Resolves `@{referenceId.field}` and `@{referenceId.records[0].Id}` (REST API Developer Guide, "Composite Subrequest").
 * Text, numbers, booleans and, from v52.0 on, null can be referenced; objects and lists cannot.
 */
export class References {
  readonly #bodies: Bodies
  readonly #takesNull: boolean

  constructor(bodies: Bodies, takesNull: boolean) {
    this.#bodies = bodies
    this.#takesNull = takesNull
  }

  /** A JSON value with every reference in it replaced; text that is one reference takes the type of its value. */
  inBody(value: unknown): unknown {
    if (typeof value === 'string') return this.#inText(value)
    if (Array.isArray(value)) return value.map((entry) => this.inBody(entry))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, this.inBody(entry)]))
  }

  /** A URL with every reference in it replaced by its value, encoded. */
  inUrl(url: string): string {
    return url.replace(REFERENCE, (_reference, path: string) => encodeURIComponent(this.#value(path) ?? ''))
  }

  #inText(text: string): Value {
    const [, only] = /^@\{([^{}]*)\}$/.exec(text) ?? []
    if (only !== undefined) return this.#value(only)
    return text.replace(REFERENCE, (_reference, path: string) => String(this.#value(path) ?? ''))
  }

  #value(path: string): Value {
    const [name, ...steps] = path.match(STEP) ?? []
    if (name === undefined || steps.length === 0) throw new UnresolvedReference(path)
    let value: unknown = this.#bodies.get(name)
    for (const step of steps) value = child(value, step)
    if (value === null && this.#takesNull) return null
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
    throw new UnresolvedReference(path)
  }
}

/** The reference IDs that a JSON value refers to. */
export function referencedIds(value: unknown): Set<string> {
  const ids = new Set<string>()
  for (const [, path] of JSON.stringify(value ?? null).matchAll(REFERENCE)) ids.add(referenceIdOf(path ?? ''))
  return ids
}

const REFERENCE = /@\{([^{}]*)\}/g

/** A name before the first operator, or one step: `.field` or `[0]`. */
const STEP = /^[^.[\]]+|\.[^.[\]]+|\[\d+\]/g

function referenceIdOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path
}

/** Names are case-sensitive, unlike anywhere else at Salesforce ("Composite Subrequest", usage). */
function child(parent: unknown, step: string): unknown {
  if (typeof parent !== 'object' || parent === null) return undefined
  const index = step.startsWith('[')
  const key = index ? step.slice(1, -1) : step.slice(1)
  if (index !== Array.isArray(parent) || !Object.hasOwn(parent, key)) return undefined
  return (parent as Record<string, unknown>)[key]
}
