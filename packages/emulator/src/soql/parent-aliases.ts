import { withoutLiterals } from './text-rules.ts'

/** The parents that FROM names, after the object: both with a name of their own or without. */
const FROM_LIST =
  /\b(FROM\s+\w+(?:\s+(?:AS\s+)?\w+)?)((?:\s*,\s*\w+(?:\.\w+)+(?:\s+(?:AS\s+)?(?!(?:USING|WHERE|WITH|GROUP|ORDER|LIMIT|OFFSET|FOR|UPDATE)\b)\w+)?)+)/gi
const PARENT = /(\w+(?:\.\w+)+)\s+(?:AS\s+)?(\w+)/gi

/**
 * The paths behind the names of `FROM Contact c, c.Account a`, by name in lower case.
 *
 * Source: SOQL and SOSL Reference, "Alias Notation".
 */
export function parentAliases(soql: string): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>()
  for (const [, , list = ''] of withoutLiterals(soql).matchAll(FROM_LIST)) {
    for (const [, path = '', name = ''] of list.matchAll(PARENT)) aliases.set(name.toLowerCase(), path)
  }
  return aliases
}

/** The query with blanks in place of those parents: the parser library does not know them. */
export function withoutParentAliases(soql: string): string {
  const lists = [...withoutLiterals(soql).matchAll(FROM_LIST)]
  return lists.reduce((text, { 0: whole, 1: object = '', index }) => {
    const end = index + whole.length
    return `${text.slice(0, index + object.length)}${' '.repeat(whole.length - object.length)}${text.slice(end)}`
  }, soql)
}
