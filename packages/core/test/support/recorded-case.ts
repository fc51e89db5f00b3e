import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A recorded answer of Salesforce. */
export interface RecordedCase {
  readonly id: string
  readonly request: {
    readonly method?: string
    readonly path?: string
    readonly query?: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number | null
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
}

const recordings = new URL('../../../../../shared/recorded/', import.meta.url)
/** Describes have a folder of their own. */
const folders = ['cases/', 'describe/'].map((folder) => new URL(folder, recordings))

/** A reason to skip tests over recorded traffic, or false where the recordings are. */
export const recordingsMissing: string | false = existsSync(recordings)
  ? false
  : 'the recordings are not beside this checkout'

/** Reads one recorded answer by its id. */
export function recordedCase(id: string): RecordedCase {
  const file = folders.map((folder) => new URL(`${id}.json`, folder)).find((url) => existsSync(url))
  if (file === undefined) throw new Error(`There is no recorded case ${id}.`)
  return JSON.parse(readFileSync(file, 'utf8')) as RecordedCase
}

/** The ids of all recorded answers, sorted. */
export function recordedIds(): string[] {
  const files = folders.flatMap((folder) => readdirSync(folder))
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()
}

/** Recorded queries, a line each: `accepted-by-real-org`, `valid` or `invalid`. */
export function recordedSoql(name: string): string[] {
  const text = readFileSync(new URL(`soql/${name}.txt`, recordings), 'utf8')
  return text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))
}
