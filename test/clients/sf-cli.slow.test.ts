import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { type SfCli, sfCli } from './sf-cli.ts'

describe('the sf CLI against the emulator', () => {
  let folder: TemporaryFolder
  let emulator: Emulator
  let sf: SfCli
  before(async () => {
    folder = await temporaryFolder('sf')
    emulator = await createEmulator({ seed: 'demo' })
    sf = await sfCli(emulator, folder.path)
  })
  after(async () => {
    await emulator?.close()
    await folder[Symbol.asyncDispose]()
  })

  const write = (name: string, text: string): Promise<void> => writeFile(join(folder.path, name), text)
  const read = (name: string): Promise<string> => readFile(join(folder.path, name), 'utf8')
  const count = async (where: string): Promise<number> =>
    (await sf.result('data', 'query', '--query', `SELECT Id FROM Account WHERE ${where}`)).totalSize

  test('knows the org that it is logged in to', async () => {
    const { username, instanceUrl } = await sf.result('org', 'display')
    assert.equal(username, emulator.credentials.username)
    assert.equal(instanceUrl.replace(/\/$/, ''), emulator.url)
  })

  test('queries, as JSON, as a table and as CSV', async () => {
    const soql = 'SELECT Name, Owner.Name FROM Account ORDER BY Name LIMIT 3'
    const { records, totalSize } = await sf.result('data', 'query', '--query', soql)
    assert.equal(totalSize, 3)
    const csv = await sf.run('data', 'query', '--query', soql, '--result-format', 'csv')
    assert.equal(csv.trim().split('\n').length, 4)
    const table = await sf.run('data', 'query', '--query', soql)
    for (const { Name } of records) assert.ok(table.includes(Name) && csv.includes(Name), Name)
  })

  test('creates, reads, updates and deletes a record', async () => {
    const record = ['record', '--sobject', 'Account']
    const { id } = await sf.result('data', 'create', ...record, '--values', "Name='By sf' Site='one'")
    await sf.result('data', 'update', ...record, '--record-id', id, '--values', "Site='two'")
    assert.equal((await sf.result('data', 'get', ...record, '--where', "Name='By sf'")).Site, 'two')
    await sf.result('data', 'delete', ...record, '--record-id', id)
    assert.equal(await count("Name = 'By sf'"), 0)
  })

  test('searches', async () => {
    await sf.result('data', 'create', 'record', '--sobject', 'Account', '--values', "Name='Quokka Farms'")
    const { searchRecords } = await sf.result('data', 'search', '--query', 'FIND {quokka} RETURNING Account(Name)')
    assert.equal(searchRecords[0].Name, 'Quokka Farms')
  })

  test('imports, upserts, exports and deletes by bulk jobs', async () => {
    await write('new.csv', 'Name,External_Id__c\nSf one,sf-1\nSf two,sf-2\n')
    const job = ['--sobject', 'Account', '--line-ending', 'LF', '--wait', '5']
    const imported = await sf.result('data', 'import', 'bulk', '--file', 'new.csv', ...job)
    assert.deepEqual([imported.processedRecords, imported.failedRecords], [2, 0])
    await write('changed.csv', 'Name,External_Id__c\nSf uno,sf-1\nSf three,sf-3\n')
    await sf.result('data', 'upsert', 'bulk', '--file', 'changed.csv', '--external-id', 'External_Id__c', ...job)
    const query = "SELECT Id, Name FROM Account WHERE External_Id__c LIKE 'sf-%' ORDER BY Name"
    const target = ['--output-file', 'out.csv', '--result-format', 'csv', '--wait', '5']
    await sf.result('data', 'export', 'bulk', '--query', query, ...target)
    const lines = (await read('out.csv')).trim().split('\n')
    assert.deepEqual(
      lines.map((line) => line.split(',')[1]?.replaceAll('"', '')),
      ['Name', 'Sf three', 'Sf two', 'Sf uno'],
    )
    await write('old.csv', `${lines.map((line) => line.split(',')[0]).join('\n')}\n`)
    await sf.result('data', 'delete', 'bulk', '--file', 'old.csv', ...job)
    assert.equal(await count("External_Id__c LIKE 'sf-%'"), 0)
  })

  test('exports a tree of records and imports it again', async () => {
    const account = { attributes: { type: 'Account', referenceId: 'parent' }, Name: 'Treetop' }
    const contact = { attributes: { type: 'Contact', referenceId: 'child' }, LastName: 'Leaf' }
    await write('tree.json', JSON.stringify({ records: [{ ...account, Contacts: { records: [contact] } }] }))
    const imported = await sf.result('data', 'import', 'tree', '--files', 'tree.json')
    assert.deepEqual(
      imported.map(({ type }: { type: string }) => type),
      ['Account', 'Contact'],
    )
    const query = "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Treetop'"
    await sf.run('data', 'export', 'tree', '--query', query, '--prefix', 'tree')
    assert.equal(JSON.parse(await read('tree-Account-Contact.json')).records[0].Contacts.records[0].LastName, 'Leaf')
  })

  test('lists limits and objects, describes one, and sends any request', async () => {
    const limits = await sf.result('org', 'list', 'limits')
    assert.ok(limits.some(({ name }: { name: string }) => name === 'DailyApiRequests'))
    assert.ok((await sf.result('sobject', 'list')).includes('Account'))
    assert.equal((await sf.result('sobject', 'describe', '--sobject', 'Lead')).keyPrefix, '00Q')
    const answer = JSON.parse(await sf.run('api', 'request', 'rest', '/services/data/v67.0/limits/recordCount'))
    assert.ok(answer.sObjects.length > 0)
  })

  test('is told in one sentence what the emulator does not cover', async () => {
    await assert.rejects(sf.run('org', 'list', 'metadata', '--metadata-type', 'CustomObject'), /does not cover/)
  })
})
