import { readFileSync } from 'node:fs'

/** A block of TypeScript in a README. */
export interface Snippet {
  /** Anchor of the section that it stands in. */
  readonly section: string
  /** Line of the README on which its code begins. */
  readonly line: number
  readonly code: string
}

/** A README as these tests read it. */
export interface Readme {
  readonly text: string
  /** Anchors of its headings. */
  readonly sections: readonly string[]
  readonly snippets: readonly Snippet[]
}

/** Reads a README. */
export function readReadme(file: string): Readme {
  const text = readFileSync(file, 'utf8')
  const snippets: Snippet[] = []
  const sections: string[] = []
  let section = ''
  for (const found of text.matchAll(/^(?:#+ (.+)|```(\w*)\n([\s\S]*?)^```)$/gm)) {
    const [, heading, language, code = ''] = found
    if (heading !== undefined) {
      section = anchorOf(heading)
      sections.push(section)
    }
    if (language === 'ts') snippets.push({ section, line: text.slice(0, found.index).split('\n').length + 1, code })
  }
  return { text, sections, snippets }
}

/** The anchor that GitHub and npm give a heading. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '')
  return words.replaceAll(' ', '-')
}

/**
 * A snippet as a module whose default export runs it: its imports first, then the rest in a function that is given the
 * names which stand for the reader's own. Each line keeps the number that it has in the README.
 *
 * A line `console.log(value) // => text` is held to what it says: it goes to `console.at(line)`.
 *
 * @param names - Names that the snippet may use without declaring them.
 */
export function moduleOf({ code, line }: Snippet, names: readonly string[], given: string): string {
  const lines = code.split('\n').map((text, index) => {
    return /\/\/ => /.test(text) ? text.replace('console.log(', `console.at(${line + index}).log(`) : text
  })
  const start = lines.findIndex((text) => text !== '' && !text.startsWith('import '))
  const used = names.filter((name) => {
    return new RegExp(`(?<![.\\w/])${name}\\b`).test(code) && !new RegExp(`\\b(?:const|using) ${name}\\b`).test(code)
  })
  const type = `import('${given}').Given`
  lines[start] = `export default async ({ ${used.join(', ')} }: ${type}): Promise<void> => { ${lines[start]}`
  return `${'\n'.repeat(line - 1)}${lines.join('\n')}}\n`
}

/** What the lines of a snippet say they print, by line of the README. */
export function promisesOf({ code, line }: Snippet): ReadonlyMap<number, string> {
  const promised = code.split('\n').flatMap((text, index): [number, string][] => {
    const expected = /\/\/ => (.+)$/.exec(text)?.[1]
    return expected === undefined ? [] : [[line + index, expected]]
  })
  return new Map(promised)
}
