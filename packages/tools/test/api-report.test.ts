import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type ApiReport, apiReport, reportComplaints } from '../src/api-report.ts'

const portable = `
/** A client. */
export declare class Salesforce<S extends object> {
    /** Reads. */
    get(id: string): Promise<S>;
}
/** How often. */
export interface RetryPolicy {
    /** Times. */
    readonly maxRetries: number;
}
`
const main = `
import { Salesforce as PortableSalesforce } from './portable.js';
export type { RetryPolicy } from './portable.js';
/** A client on Node. */
export declare class Salesforce<S extends object> extends PortableSalesforce<S> {
}
`

async function reportOn(files: { readonly portable: string; readonly main: string }): Promise<ApiReport> {
  const folder = await mkdtemp(join(tmpdir(), 'forcewire-face-test-'))
  try {
    await mkdir(join(folder, 'dist'))
    await writeFile(join(folder, 'package.json'), '{ "name": "faced", "version": "1.0.0", "type": "module" }')
    await writeFile(join(folder, 'dist/portable.d.ts'), files.portable)
    await writeFile(join(folder, 'dist/index.d.ts'), files.main)
    return await apiReport(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('the report of the public face', () => {
  test('says what both entries show and what only one does', async () => {
    const { text, undocumented } = await reportOn({ portable, main })
    const [, both, onlyMain, onlyPortable] = text.split('\n## ')
    assert.match(both ?? '', /export interface RetryPolicy \{\n {4}readonly maxRetries: number;\n\}/)
    assert.match(onlyMain ?? '', /export class Salesforce<S extends object> extends Salesforce_2<S>/)
    assert.doesNotMatch(onlyMain ?? '', /get\(id/)
    assert.match(onlyPortable ?? '', /get\(id: string\): Promise<S>;/)
    assert.deepEqual(undocumented, [])
  })

  test('is accepted while the face is the same, also when documentation changes', async () => {
    const kept = (await reportOn({ portable, main })).text
    const documented = portable.replace('Times.', 'How many times a call is sent again.')
    assert.deepEqual(reportComplaints(kept, await reportOn({ portable: documented, main })), [])
  })

  test('is refused when a member changes, and names the lines', async () => {
    const kept = (await reportOn({ portable, main })).text
    const changed = portable.replace('maxRetries: number', 'maxRetries?: number')
    const [complaint, ...others] = reportComplaints(kept, await reportOn({ portable: changed, main }))
    assert.deepEqual(others, [])
    assert.match(complaint ?? '', /- {5}readonly maxRetries: number;\n {2}\+ {5}readonly maxRetries\?: number;/)
    assert.match(complaint ?? '', /npm run api/)
  })

  test('is refused when there is none, and when something public has no documentation', async () => {
    const bare = portable.replace('/** Times. */', '')
    const complaints = reportComplaints(undefined, await reportOn({ portable: bare, main }))
    assert.equal(complaints.length, 2)
    assert.match(complaints[0] ?? '', /portable\.d\.ts:\d+ maxRetries is public and has no documentation/)
    assert.match(complaints[1] ?? '', /there is none/)
  })
})
