import { existsSync, readFileSync } from 'node:fs'

/** A recorded answer of Salesforce. */
export interface RecordedCase {
  readonly id: string
  readonly request: { readonly method?: string; readonly path?: string }
  readonly response: {
    readonly status: number | null
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
}

const folder = new URL('../../../../../shared/recorded/cases/', import.meta.url)

/** A reason to skip tests over recorded traffic, or false where the recordings are. */
export const recordingsMissing: string | false = existsSync(folder)
  ? false
  : 'the recordings are not beside this checkout'

/** Reads one recorded answer by its id. */
export function recordedCase(id: string): RecordedCase {
  return JSON.parse(readFileSync(new URL(`${id}.json`, folder), 'utf8')) as RecordedCase
}
