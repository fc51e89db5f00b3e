import type { RouteHandlerMethod, RouteOptions } from 'fastify'

/** A road that answers a method and a path, with the parts of the path that its pattern names. */
export interface FoundRoad {
  readonly handler: RouteHandlerMethod
  readonly params: Readonly<Record<string, string>>
}

interface Road {
  readonly url: string
  readonly methods: readonly string[]
  readonly pattern: RegExp
  readonly names: readonly string[]
  /** One digit a segment, lower for what fits less: the road that sorts first is the one the server would take. */
  readonly rank: string
  readonly handler: RouteHandlerMethod
}

/**
 * The roads of a server as a table, so that a composite call can take one without a request of its own. Of several roads
 * that fit, the one with the earlier fixed text wins, as in the server's own router.
 */
export class Roads {
  readonly #roads: Road[] = []
  #sorted = true

  /** Notes a route; made to be the server's `onRoute` hook. */
  add(route: RouteOptions): void {
    const segments = route.url.split('/')
    this.#sorted = false
    this.#roads.push({
      url: route.url,
      methods: [route.method].flat(),
      pattern: new RegExp(`^${segments.map(segmentPattern).join('/')}/?$`),
      names: [...route.url.matchAll(NAMED)].map(([text, name]) => name ?? text),
      rank: segments.map(rankOf).join(''),
      handler: route.handler,
    })
  }

  /** The patterns of all roads, each once. */
  get urls(): string[] {
    return [...new Set(this.#roads.map(({ url }) => url))]
  }

  /** The methods of each pattern. */
  get methods(): ReadonlyMap<string, ReadonlySet<string>> {
    const known = new Map<string, Set<string>>()
    for (const { url, methods } of this.#roads) {
      const names = known.get(url) ?? new Set()
      for (const name of methods) names.add(name)
      known.set(url, names)
    }
    return known
  }

  /** The road for a path without query string; undefined where there is none, or where the path cannot be decoded. */
  find(method: string, path: string): FoundRoad | undefined {
    if (!this.#sorted) this.#roads.sort((a, b) => (a.rank < b.rank ? -1 : 1))
    this.#sorted = true
    for (const { methods, pattern, names, handler } of this.#roads) {
      const values = methods.includes(method) ? pattern.exec(path)?.slice(1) : undefined
      if (values !== undefined) return found(handler, names, values)
    }
    return undefined
  }
}

const NAMED = /:(\w+)|\*/g

function segmentPattern(segment: string): string {
  if (segment === '*') return '(.*)'
  const [text = '', name] = segment.split(':')
  const fixed = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return name === undefined ? fixed : `${fixed}([^/]+)`
}

function rankOf(segment: string): number {
  if (segment === '*') return 2
  return segment.includes(':') ? 1 : 0
}

function found(
  handler: RouteHandlerMethod,
  names: readonly string[],
  values: readonly string[],
): FoundRoad | undefined {
  try {
    const params = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]))
    return { handler, params }
  } catch {
    return undefined
  }
}
