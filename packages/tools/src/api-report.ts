/**
 * Writes packages/core/api.md, the report of core's public face. `--check` changes nothing and fails when the report
 * is not that of the sources, or when something that users see has no documentation.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildLibrary } from './build-libraries.ts'
import { publicFace } from './public-face.ts'
import { root } from './repository.ts'

/** The report of a package with two entries, and what is undocumented in either of them. */
export interface ApiReport {
  readonly text: string
  readonly undocumented: readonly string[]
}

/** What the portable client is called where the main entry has a `Salesforce` of its own. */
const alias = 'Salesforce_2'

/**
 * Reports on `dist/index.d.ts` and `dist/portable.d.ts`: what both entries show, then what only one does.
 *
 * @param folder - Absolute path of the package, compiled.
 */
export async function apiReport(folder: string): Promise<ApiReport> {
  const main = await publicFace(folder, 'dist/index.d.ts')
  const portable = await publicFace(folder, 'dist/portable.d.ts')
  const shown = new Set(portable.declarations)
  const both = main.declarations.filter((declaration) => shown.has(declaration))
  const onlyMain = main.declarations.filter(
    (declaration) => !shown.has(declaration) && !declaration.startsWith(`class ${alias}<`),
  )
  const onlyPortable = portable.declarations.filter((declaration) => !both.includes(declaration))
  const text = `# The public face of @forcewire/core

Every change of it shows here and is reviewed. Written by \`npm run api\`; \`npm run types\` fails while it differs from the
sources. A declaration without \`export\` has no name outside, but users see what it says.

## Both entries

${code(both)}

## Only \`@forcewire/core\`

\`${alias}\` is the client of the portable entry.

${code(onlyMain)}

## Only \`@forcewire/core/portable\`

${code(onlyPortable)}
`
  return { text, undocumented: [...new Set([...main.undocumented, ...portable.undocumented])] }
}

/** What is wrong with a report that is kept in the repository; empty when nothing is. */
export function reportComplaints(kept: string | undefined, { text, undocumented }: ApiReport): string[] {
  const gaps = undocumented.map((place) => `packages/core/${place} is public and has no documentation.`)
  if (kept === text) return gaps
  return [
    ...gaps,
    `The public face is not that of packages/core/api.md${difference(kept, text)}. Accept it: npm run api`,
  ]
}

function difference(kept: string | undefined, text: string): string {
  if (kept === undefined) return ', since there is none'
  const [before, after] = [kept.split('\n'), text.split('\n')]
  const gone = before.filter((line) => !after.includes(line)).map((line) => `\n  - ${line}`)
  const come = after.filter((line) => !before.includes(line)).map((line) => `\n  + ${line}`)
  return `:${[...gone, ...come].slice(0, 20).join('')}\n`
}

function code(declarations: readonly string[]): string {
  return ['```ts', declarations.join('\n\n'), '```'].join('\n')
}

async function main(check: boolean): Promise<void> {
  const folder = join(root, 'packages/core')
  await buildLibrary(folder)
  const report = await apiReport(folder)
  const file = join(folder, 'api.md')
  if (!check) return writeFile(file, report.text)
  const complaints = reportComplaints(await readFile(file, 'utf8').catch(() => undefined), report)
  for (const complaint of complaints) console.error(complaint)
  if (complaints.length > 0) process.exitCode = 1
}

if (import.meta.main) await main(process.argv.includes('--check'))
