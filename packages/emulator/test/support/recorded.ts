import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A recorded exchange with a real org. */
export interface RecordedCase {
  readonly request: { readonly method: string; readonly path: string; readonly body?: string }
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: string }
}

const folder = new URL('../../../../../shared/recorded/', import.meta.url)

/** Reason to skip a test that compares with recordings, or false where they are at hand. */
export const recordingsMissing: string | false = existsSync(fileURLToPath(folder))
  ? false
  : 'the recorded traffic is not beside this checkout'

/** One recorded case by its id. */
export function recordedCase(id: string): RecordedCase {
  return JSON.parse(readFileSync(new URL(`cases/${id}.json`, folder), 'utf8')) as RecordedCase
}

/** The describe of an object as recorded, by the id of the recording. */
export function recordedDescribe(id: string): { fields: Record<string, unknown>[] } & Record<string, unknown> {
  const { response } = JSON.parse(readFileSync(new URL(`describe/${id}.json`, folder), 'utf8')) as RecordedCase
  return JSON.parse(response.body)
}
