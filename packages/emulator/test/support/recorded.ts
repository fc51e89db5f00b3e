import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A recorded exchange with a real org. */
export interface RecordedCase {
  /** Family: `query`, `rest`, `soap`, ... */
  readonly api: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly query?: Readonly<Record<string, string>>
    readonly body?: string
  }
  readonly response: {
    /** Null where the source did not tell it. */
    readonly status: number | null
    readonly headers: Record<string, string>
    readonly body: string
  }
}

const folder = new URL('../../../../../shared/recorded/', import.meta.url)

/** Reason to skip a test that compares with recordings, or false where they are at hand. */
export const recordingsMissing: string | false = existsSync(fileURLToPath(folder))
  ? false
  : 'the recorded traffic is not beside this checkout'

/** One recorded case, or one recorded describe, by its id. */
export function recordedCase(id: string): RecordedCase {
  const kind = existsSync(new URL(`cases/${id}.json`, folder)) ? 'cases' : 'describe'
  return JSON.parse(readFileSync(new URL(`${kind}/${id}.json`, folder), 'utf8')) as RecordedCase
}

/** The ids of all recorded cases, or of all recorded describes. */
export function recordedIds(kind: 'cases' | 'describe'): string[] {
  return readdirSync(new URL(`${kind}/`, folder)).map((name) => name.replace(/\.json$/, ''))
}

/** The describe of an object as recorded, by the id of the recording. */
export function recordedDescribe(id: string): { fields: Record<string, unknown>[] } & Record<string, unknown> {
  return JSON.parse(recordedCase(id).response.body)
}
