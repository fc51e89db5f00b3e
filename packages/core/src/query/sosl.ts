import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedTemplate, endsBetweenQuotes, literalOutsideQuotes, type SoqlValue, textToInsert } from './soql-text.ts'

/** Where a value stands: in the search query of `FIND { }`, within a phrase there, or in another clause. */
type Place = 'search' | 'phrase' | 'clause'

/**
 * Writes a SOSL search and escapes every value in it. Within `FIND { }` reserved characters are escaped, and the words
 * AND, OR and NOT are quoted where they would be operators, so that values are searched for and nothing else; wildcards
 * and quotes of the template keep their meaning. In all other clauses values are written like those of `soql`, whose
 * helpers serve here too. Escapes in the template have two backslashes, as in `soql`.
 *
 * Follows "FIND {SearchQuery}" of the SOSL reference.
 *
 * @example
 * ```ts
 * sosl`FIND {${words}*} IN NAME FIELDS RETURNING Account(Id, Name WHERE Industry = ${industry})`
 * ```
 */
export function sosl(strings: TemplateStringsArray, ...values: readonly SoqlValue[]): string {
  const [start = '', ...rest] = checkedTemplate('sosl', strings)
  const opening = /^\s*find\s*\{/i.exec(start)?.[0]
  let place = opening === undefined ? 'clause' : placeAfter(start.slice(opening.length), 'search')
  let between = endsBetweenQuotes(opening === undefined ? start : clausesOf(start), false)
  return rest.reduce((search, text, index) => {
    const value = values[index] as SoqlValue
    const written = place === 'clause' ? literalOutsideQuotes('sosl', value, between) : searchWords(value, place)
    // Before the clauses a quote is a character like any other.
    between = place === 'clause' ? endsBetweenQuotes(text, between) : endsBetweenQuotes(clausesOf(text), false)
    place = placeAfter(text, place)
    return search + written + text
  }, start)
}

/** What comes behind the end of the search query. */
function clausesOf(text: string): string {
  return /^(?:\\[\s\S]|[^}\\])*\}([\s\S]*)$/.exec(text)?.[1] ?? ''
}

/** Reads on in the template to learn where the next value stands. */
function placeAfter(text: string, before: Place): Place {
  let place = before
  for (const [found] of text.matchAll(/\\[\s\S]|[}"]/g)) {
    if (place === 'clause' || found === '}') return 'clause'
    if (found === '"') place = place === 'search' ? 'phrase' : 'search'
  }
  return place
}

function searchWords(value: SoqlValue, place: Place): string {
  // Search engines read control characters as spaces; the parser may not.
  const words = textToInsert('A value within FIND { }', value).replace(/\p{Cc}+/gu, ' ')
  if (words.trim() === '') throw new ConfigurationError('A value within FIND { } is empty; there is nothing to find.')
  const escaped = words.replace(/[?&|!{}[\]()^~*:\\"'+-]/g, '\\$&')
  return place === 'phrase' ? escaped : escaped.replace(/(?<!\S)(?:and|or|not)(?!\S)/gi, '"$&"')
}
