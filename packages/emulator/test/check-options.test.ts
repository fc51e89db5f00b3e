import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createEmulator, type EmulatorOptions, InvalidOption } from '../src/index.ts'
import { startEmulator } from './support/harness.ts'

const USER = { username: 'a@b.example', password: 'x' }

for (const [options, words] of [
  [null, /^The options must be an object, not null$/],
  [5, /^The options must be an object, not 5$/],
  [{ foo: 1 }, /^There is no option foo; there are seed, port, /],
  [{ toString: 1 }, /^There is no option toString/],
  [{ seed: 'nope' }, /^The option seed must be 'demo', 'empty' or lists of records by object, not that text$/],
  [{ seed: null }, /option seed must be .*, not null/],
  [{ port: -1 }, /option port must be a whole number from 0 to 65535, not -1/],
  [{ port: '80' }, /option port must be/],
  [{ host: '' }, /option host must be an address or a name, not an empty text/],
  [{ data: 5 }, /option data must be the path of a file, not 5/],
  [{ clock: 5 }, /option clock must be an object with a method now\(\), not 5/],
  [{ clock: {} }, /option clock must be .*, not an object/],
  [{ sessionSeconds: 0 }, /option sessionSeconds must be a whole number of seconds from 1 up, not 0/],
  [{ users: 5 }, /option users must be a list, not 5/],
  [{ users: [USER, {}] }, /option users has an entry \[1\] .*: a user needs/],
  [{ users: [{ ...USER, lastName: 1 }] }, /lastName of a user must be text/],
  [{ users: [{ ...USER, username: 'u'.repeat(81) }] }, /username of a user must have at most 80 characters/],
  [{ users: [{ ...USER, bulkApiHardDelete: 'yes' }] }, /bulkApiHardDelete of a user must be true or false/],
  [{ app: { redirectUris: ['nowhere'] } }, /option app must be \{"redirectUris": a list of URLs/],
  [{ app: 5 }, /option app must be/],
  [{ latency: -1 }, /option latency must be a whole number of milliseconds from 0 to 2147483647, not -1/],
  [{ latency: 3_000_000_000 }, /option latency must be/],
  [{ apiLimit: 'a' }, /option apiLimit must be a whole number of calls from 0 up, not that text/],
  [{ resultPageRows: 0 }, /option resultPageRows must be a whole number of records from 1 up, not 0/],
  [{ faults: {} }, /option faults must be a list, not an object/],
  [{ faults: [{ path: '/x' }] }, /option faults has an entry \[0\] .*: A fault needs at least one effect/],
  [{ metadata: 5 }, /option metadata must hold an object of lists/],
  [{ metadata: { flows: [] } }, /option metadata has flows, which is none of/],
  [{ metadata: '/nowhere.ts' }, /^\/nowhere\.ts cannot be read as metadata/],
  [{ schema: 5 }, /option schema must hold \{"objects"/],
  [
    { schema: { objects: [{ name: 'A__c', fields: [{ name: 'B__c', type: 'reference' }] }] } },
    /option schema has objects\[0\] .*"referenceTo"/,
  ],
  [{ describes: 5 }, /option describes must be a list of describes, not 5/],
  [{ describes: [{ name: 'A', fields: [] }, {}] }, /^describes\[1\] is no describe/],
  [{ random: 5 }, /option random must be a function/],
] as const) {
  test(`createEmulator(${JSON.stringify(options)?.slice(0, 80)}) is refused in words that name the option`, async () => {
    await assert.rejects(createEmulator(options as unknown as EmulatorOptions), (error) => {
      assert.ok(error instanceof InvalidOption, String(error))
      assert.match(error.message, words)
      return true
    })
  })
}

test('options that are undefined are as good as absent, and a class may be the clock', async (t) => {
  const none = { seed: undefined, port: undefined, users: undefined, metadata: undefined, describes: undefined }
  assert.match((await startEmulator(t, { ...none, clock: Date })).url, /^http/)
})

test('a data file is refused while another emulator has it, and free again after a start that failed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-lock-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'org.sqlite')
  const reports = [{ name: 'R', object: 'Lead', columns: ['Nothing'] }]
  await assert.rejects(createEmulator({ data, metadata: { reports } }), /Lead has no field Nothing/)
  const first = await createEmulator({ data })
  await assert.rejects(createEmulator({ data }), {
    code: 'EBUSY',
    message: /org\.sqlite is in use by another emulator/,
  })
  await first.close()
  await (await createEmulator({ data })).close()
})
