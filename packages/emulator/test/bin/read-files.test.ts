import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readDescribes, readSchema } from '../../src/bin/read-files.ts'
import { createEmulator } from '../../src/index.ts'
import { data, send } from '../support/harness.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'forcewire-schema-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('every JSON file of a folder is a describe, in the order of their names', (t) => {
  const path = folder(t)
  writeFileSync(join(path, 'b.json'), '{"name":"B","fields":[]}')
  writeFileSync(join(path, 'a.json'), '{"result":{"name":"A","fields":[]}}')
  writeFileSync(join(path, 'notes.txt'), 'none')
  assert.deepEqual(readDescribes(path), [
    { name: 'A', fields: [] },
    { name: 'B', fields: [] },
  ])
})

test('a file that is no JSON is named', (t) => {
  const path = join(folder(t), 'schema.json')
  writeFileSync(path, '{')
  assert.throws(() => readSchema(path), /schema\.json is not JSON: /)
})

test('a data file gets the columns of fields that came later', async (t) => {
  const file = join(folder(t), 'org.sqlite')
  const first = await createEmulator({ data: file })
  const { json } = await send(first, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  await first.close()
  const later = await createEmulator({
    data: file,
    schema: { fields: { Account: [{ name: 'Size__c', type: 'int' }] } },
  })
  t.after(() => later.close())
  const road = data(`/sobjects/Account/${json.id}`)
  assert.equal((await send(later, 'PATCH', road, { body: { Size__c: 7 } })).status, 204)
  assert.equal((await send(later, 'GET', road)).json.Size__c, 7)
})
