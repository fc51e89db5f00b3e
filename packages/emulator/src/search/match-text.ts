import type { SearchExpression } from './expression.ts'

/**
 * The FTS5 query for a search. FTS5 knows wildcards only at the end of a word: for any other the words of the index that
 * fit are listed instead.
 *
 * @param wordsLike answers the words of the index that fit a GLOB pattern in lower case.
 */
export function matchText(expression: SearchExpression, wordsLike: (pattern: string) => readonly string[]): string {
  switch (expression.kind) {
    case 'word':
      return wordText(expression.text, wordsLike)
    case 'phrase':
      return literal(expression.text, /(?<!\\)\*$/.test(expression.text))
    default: {
      const parts = chain(expression, expression.kind).map((part) => matchText(part, wordsLike))
      return `(${parts.join(` ${expression.kind.toUpperCase()} `)})`
    }
  }
}

/** The parts of `((a OR b) OR c) OR d`, which are one level: FTS5 takes few levels. */
function chain(expression: SearchExpression, kind: 'and' | 'or' | 'not'): SearchExpression[] {
  const parts: SearchExpression[] = []
  let rest = expression
  while (rest.kind === kind) {
    parts.unshift(rest.right)
    rest = rest.left
  }
  return [rest, ...parts]
}

const WILDCARD = /(?<!\\)[*?]/

function wordText(text: string, wordsLike: (pattern: string) => readonly string[]): string {
  const inner = text.replace(/\*+$/, '')
  if (!WILDCARD.test(inner)) return literal(inner, inner !== text && !inner.endsWith('\\'))
  const words = wordsLike(unescaped(text.toLowerCase().replaceAll(/\[/g, '[[]')))
  return words.length === 0 ? '""' : `(${words.map((word) => literal(word, false)).join(' OR ')})`
}

/** Text as an FTS5 string, from which its own tokenizer takes the words; `prefix` lets the last one go on. */
function literal(text: string, prefix: boolean): string {
  const plain = unescaped(text.replaceAll(/(?<!\\)[*?]/g, ' '))
  return `"${plain.replaceAll('"', '""')}"${prefix ? ' *' : ''}`
}

function unescaped(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, '$1')
}
