const TOKEN = /'(?:\\.|[^'\\])*'|[A-Za-z_][\w.]*|\s+|[^\s]/g

/**
 * The offset of the first place where `name` stands in the query as a word outside string literals, without regard to
 * case; a dotted name may be written with an object or alias before it. The parser library keeps no positions, and an
 * error message needs one.
 *
 * @returns zero-based offset, or undefined where the word does not occur.
 */
export function locate(soql: string, name: string, after?: string): number | undefined {
  const wanted = name.toLowerCase()
  const suffix = `.${wanted}`
  let started = after === undefined
  for (const match of soql.matchAll(TOKEN)) {
    const word = match[0].toLowerCase()
    if (!started) {
      started = word === after?.toLowerCase()
      continue
    }
    if (word === wanted || word.endsWith(suffix)) return match.index
  }
  return undefined
}
