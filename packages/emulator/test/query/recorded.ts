import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Json } from './calls.ts'

const FOLDER = fileURLToPath(new URL('../../../../../shared/recorded/', import.meta.url))

/** Why tests on recorded traffic are skipped, false where the recordings are there. */
export const skipRecorded: string | false = existsSync(FOLDER)
  ? false
  : 'the recorded traffic is not beside the repository'

/** The lines of a recorded text file. */
export function recordedLines(path: string): string[] {
  return readFileSync(`${FOLDER}${path}`, 'utf8').split('\n').filter(Boolean)
}

/** The text of a recorded file. */
export function recordedText(path: string): string {
  return readFileSync(`${FOLDER}${path}`, 'utf8')
}

/** The parsed body of a recorded case. */
export function recordedBody(id: string): Json {
  return JSON.parse(JSON.parse(readFileSync(`${FOLDER}cases/${id}.json`, 'utf8')).response.body)
}

/** The SOQL of a recorded case whose path carries it. */
export function recordedQuery(id: string): string {
  const { request } = JSON.parse(readFileSync(`${FOLDER}cases/${id}.json`, 'utf8'))
  return decodeURIComponent(/[?&]q=([^&]*)/.exec(request.path)?.[1] ?? '')
}
