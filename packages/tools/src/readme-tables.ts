/**
 * Writes the tables that READMEs take from the catalogue, between their `begin` and `end` marks.
 * `--check` changes nothing and fails when a table is out of date.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { operations, resources } from '@forcewire/operations'

const root = new URL('../../../', import.meta.url)

const rowsIn = { none: 'none', one: 'one', many: 'all at once' } as const

function operationTable(): string {
  const lines = operations.map(({ id, rows, description }) => `| \`${id}\` | ${rowsIn[rows]} | ${description} |`)
  return ['| id | rows in | what it does |', '| --- | --- | --- |', ...lines].join('\n')
}

function resourceTable(): string {
  const lines = resources.map(({ name, label, description }) => {
    const labels = operations.filter(({ id }) => id.startsWith(`${name}.`)).map((operation) => operation.label)
    return `| ${label} | ${labels.join(', ')} | ${description} |`
  })
  return ['| resource | operations | what for |', '| --- | --- | --- |', ...lines].join('\n')
}

const tables: readonly { readonly file: string; readonly mark: string; readonly table: () => string }[] = [
  { file: 'packages/operations/README.md', mark: 'operations', table: operationTable },
  { file: 'README.md', mark: 'resources', table: resourceTable },
]

/** Replaces what stands between the marks `<!-- name:begin -->` and `<!-- name:end -->`. */
export function fill(text: string, mark: string, table: string): string {
  const pattern = new RegExp(`(<!-- ${mark}:begin -->\\n)[\\s\\S]*?(<!-- ${mark}:end -->)`)
  if (!pattern.test(text)) throw new Error(`The marks <!-- ${mark}:begin --> and <!-- ${mark}:end --> are missing.`)
  return text.replace(pattern, (_, begin: string, end: string) => `${begin}${table}\n${end}`)
}

async function main(check: boolean): Promise<void> {
  for (const { file, mark, table } of tables) {
    const url = new URL(file, root)
    const before = await readFile(url, 'utf8')
    const after = fill(before, mark, table())
    if (after === before) continue
    if (check) {
      console.error(`${file}: its table "${mark}" is out of date. Run: npm run format`)
      process.exitCode = 1
    } else await writeFile(url, after)
  }
}

if (import.meta.main) await main(process.argv.includes('--check'))
