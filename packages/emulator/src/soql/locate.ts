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

/** The offsets of all places where a word or sign stands outside string literals, without regard to case. */
export function placesOf(soql: string, word: string): readonly number[] {
  const wanted = word.toLowerCase()
  return [...soql.matchAll(TOKEN)].filter(({ 0: found }) => found.toLowerCase() === wanted).map(({ index }) => index)
}

/**
 * The offset of an AND or OR of the clause that begins with the word `after`, of which `before` joints stand before it
 * outside of inner queries.
 */
export function locateJoint(soql: string, after: string, before: number): number | undefined {
  let [started, brackets, inner, joints, last] = [false, 0, 0, 0, '']
  for (const { 0: text, index } of soql.matchAll(TOKEN)) {
    const word = text.toUpperCase()
    if (text.trim() === '') continue
    if (text === '(') brackets += 1
    if (text === ')' && brackets-- === inner) inner = 0
    if (word === 'SELECT' && last === '(' && inner === 0) inner = brackets
    if (inner === 0 && word === after) started = true
    else if (started && inner === 0 && (word === 'AND' || word === 'OR') && joints++ === before) return index
    last = text
  }
  return undefined
}
