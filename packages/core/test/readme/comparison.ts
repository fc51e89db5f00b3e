/** A row of the comparison with other clients. */
export interface Feature {
  readonly name: string
  /** What the row says of this client: `yes` or `no`. */
  readonly ours: string
  /** Anchor that it links to; empty without a link. */
  readonly section: string
}

/** The rows of the comparison, without those that head a group. */
export function featuresOf(text: string): Feature[] {
  const [, table = ''] = /^\| \| Forcewire \|.*\n\|[-| ]+\|\n((?:\|.*\n)+)/m.exec(text) ?? []
  return table
    .trim()
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()))
    .filter(([, , ours]) => ours !== '')
    .map(([, name = '', cell = '']) => {
      const [, linked, section = ''] = /^\[(.+)\]\(#(.+)\)$/.exec(cell) ?? []
      return { name, ours: linked ?? cell, section }
    })
}
