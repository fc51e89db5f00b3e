import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, create, query } from '../query/calls.ts'
import { recordedText, skipRecorded } from '../query/recorded.ts'
import { createIngest, ingest } from './jobs.ts'

describe('ingest jobs process rows', () => {
  let emulator: Emulator
  let call: Call
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    emulator.pace.set({ reads: 1 })
    call = caller(emulator)
  })
  after(() => emulator.close())

  it('inserts rows, and hands out the refused ones with their reason', async () => {
    const csv = 'Name,AnnualRevenue,External_Id__c\nA,912260031,i1\n,5,i2\n"B, ""q""\nline",,i3\nC,abc,i4\nD,1,i1\n'
    const { info, successful, failed, unprocessed } = await ingest(
      call,
      { object: 'Account', operation: 'insert' },
      csv,
    )
    assert.deepEqual([info.state, info.numberRecordsProcessed, info.numberRecordsFailed], ['JobComplete', 5, 3])
    const { records } = await query(
      call,
      "SELECT Id, Name FROM Account WHERE External_Id__c LIKE 'i%' ORDER BY External_Id__c",
    )
    assert.equal(
      successful,
      '"sf__Id","sf__Created",Name,AnnualRevenue,External_Id__c\n' +
        `"${records[0].Id}","true","A","9.12260031E8","i1"\n` +
        `"${records[1].Id}","true","B, ""q""\nline","","i3"\n`,
    )
    assert.equal(
      failed,
      '"sf__Id","sf__Error",Name,AnnualRevenue,External_Id__c\n' +
        '"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","5","i2"\n' +
        '"","INVALID_TYPE_ON_FIELD_IN_RECORD:Annual Revenue: value not of required type: abc:AnnualRevenue --","C","abc","i4"\n' +
        '"","DUPLICATE_VALUE:duplicate value found: External_Id__c duplicates value on record with id: ' +
        `${records[0].Id.slice(0, 15)}:--","D","1","i1"\n`,
    )
    assert.equal(unprocessed, 'Name,AnnualRevenue,External_Id__c\n')
  })

  it('upserts by external id, tells created from updated, and refuses a key that is blank or twice in a batch', async () => {
    const order = { object: 'Account', operation: 'upsert', externalIdFieldName: 'External_Id__c' }
    await ingest(call, order, 'External_Id__c,Name\nu1,First\n')
    const { successful, failed } = await ingest(
      call,
      order,
      'External_Id__c,Name\nu1,Changed\nu2,New\n,Blank\nu3,Twice\nU3,Twice\n',
    )
    const flags = successful
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(',').slice(1).join())
    assert.deepEqual(flags, ['"false","u1","Changed"', '"true","u2","New"'])
    const errors = failed
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(':')[0])
    assert.deepEqual(errors, ['"","MISSING_ARGUMENT', '"","DUPLICATE_VALUE', '"","DUPLICATE_VALUE'])
    assert.equal((await query(call, "SELECT Name FROM Account WHERE External_Id__c = 'u1'")).records[0].Name, 'Changed')
  })

  it('refuses an upsert whose external id several records hold', async () => {
    for (const Name of ['T1', 'T2']) await create(call, 'Account', { Name, Legacy_Id__c: 'twin' })
    const order = { object: 'Account', operation: 'upsert', externalIdFieldName: 'Legacy_Id__c' }
    const { info, failed } = await ingest(call, order, 'Legacy_Id__c,Name\ntwin,X\n')
    assert.equal(info.numberRecordsFailed, 1)
    assert.match(failed, /"DUPLICATE_EXTERNAL_ID:.*more than one record found/)
  })

  it('upserts by Id: a row without one is created, one with a blank or cleared one as well', async () => {
    const id = await create(call, 'Account', { Name: 'Known' })
    const order = { object: 'Account', operation: 'upsert', externalIdFieldName: 'Id' }
    const { info, successful } = await ingest(
      call,
      order,
      `Id,Name\n${id},Kept\n,New\n" ",Blank\n" ",Twice\n#N/A,None\n`,
    )
    assert.deepEqual([info.numberRecordsProcessed, info.numberRecordsFailed], [5, 0])
    const rows = successful.trim().split('\n').slice(1)
    assert.deepEqual(
      rows.map((row) => row.split(',')[1]),
      ['"false"', '"true"', '"true"', '"true"', '"true"'],
    )
    assert.match(rows[1] ?? '', /^"001\w{15}",/)
  })

  it('updates: empty cells leave a field alone, #N/A clears it', async () => {
    const id = await create(call, 'Account', { Name: 'Up', Phone: '1', Fax: '2', Site: 's' })
    const csv = `Id,Phone,Fax,Site\n${id},,#N/A,t\n001fw0000zzzzzzAAA,1,2,3\n,1,2,3\n`
    const { info, successful, failed } = await ingest(call, { object: 'Account', operation: 'update' }, csv)
    assert.deepEqual([info.numberRecordsProcessed, info.numberRecordsFailed], [3, 2])
    assert.match(successful, new RegExp(`^"${id}","false"`, 'm'))
    assert.match(failed, /^"001fw0000zzzzzzAAA","\w+:/m)
    assert.match(failed, /"MISSING_ARGUMENT:Id not specified in an update call:--"/)
    const { records } = await query(call, `SELECT Phone, Fax, Site FROM Account WHERE Id = '${id}'`)
    assert.deepEqual([records[0].Phone, records[0].Fax, records[0].Site], ['1', null, 't'])
  })

  it('deletes into the recycle bin, and hard deletes for good', async () => {
    const soft = await create(call, 'Account', { Name: 'Soft' })
    const hard = await create(call, 'Account', { Name: 'Hard' })
    await ingest(call, { object: 'Account', operation: 'delete' }, `Id\n${soft}\n`)
    await ingest(call, { object: 'Account', operation: 'hardDelete' }, `Id\n${hard}\n`)
    const all = await call('GET', `/queryAll?q=SELECT+Id,IsDeleted+FROM+Account+WHERE+Name+IN+('Soft','Hard')`)
    assert.deepEqual(
      all.json.records.map((record: { Id: string; IsDeleted: boolean }) => [record.Id, record.IsDeleted]),
      [[soft, true]],
    )
  })

  it('finds parents by external id', async () => {
    const parent = await create(call, 'Account', { Name: 'Parent', External_Id__c: 'p1' })
    const csv = 'LastName,Account.External_Id__c\nKid,p1\nOrphan,nobody\n'
    const { failed } = await ingest(call, { object: 'Contact', operation: 'insert' }, csv)
    assert.equal(
      (await query(call, "SELECT AccountId FROM Contact WHERE LastName = 'Kid'")).records[0].AccountId,
      parent,
    )
    assert.match(failed, /"INVALID_FIELD:Foreign key external ID: nobody not found/)
  })

  it('reads every delimiter and writes results with it', async () => {
    const delimiters = { BACKQUOTE: '`', CARET: '^', PIPE: '|', SEMICOLON: ';', TAB: '\t' }
    for (const [columnDelimiter, sign] of Object.entries(delimiters)) {
      const order = { object: 'Account', operation: 'insert', columnDelimiter }
      const { info, successful } = await ingest(call, order, `Name${sign}Site\nA, b${sign}"x${sign}y"\n`)
      assert.deepEqual([info.numberRecordsProcessed, info.numberRecordsFailed], [1, 0])
      assert.equal(successful.split('\n')[0], ['"sf__Id"', '"sf__Created"', 'Name', 'Site'].join(sign))
      assert.ok(successful.includes(`"x${sign}y"`))
    }
  })

  it('reads and writes CRLF when the job says so', async () => {
    const order = { object: 'Account', operation: 'insert', lineEnding: 'CRLF' }
    const { info, successful } = await ingest(call, order, 'Name\r\nCarriage\r\n')
    assert.equal(info.state, 'JobComplete')
    assert.match(successful, /^"sf__Id","sf__Created",Name\r\n"\w{18}","true","Carriage"\r\n$/)
  })

  it('accepts an upload packed with gzip', async () => {
    const { id } = await createIngest(call, { object: 'Account', operation: 'insert' })
    const body = gzipSync('Name\nPacked\n')
    const put = await call('PUT', `/jobs/ingest/${id}/batches`, { body, headers: { 'content-encoding': 'gzip' } })
    assert.equal(put.status, 201)
    await call('PATCH', `/jobs/ingest/${id}`, { body: { state: 'UploadComplete' } })
    assert.equal((await call('GET', `/jobs/ingest/${id}`)).json.numberRecordsProcessed, 1)
  })

  it('accounts for every row of many batches', async () => {
    const rows = Array.from({ length: 1001 }, (_, index) => (index % 10 === 0 ? ',x' : `Many ${index},x`))
    const { info, successful, failed } = await ingest(
      call,
      { object: 'Account', operation: 'insert' },
      `Name,Site\n${rows.join('\n')}\n`,
    )
    assert.deepEqual([info.numberRecordsProcessed, info.numberRecordsFailed], [1001, 101])
    assert.equal(successful.trim().split('\n').length - 1, 900)
    assert.equal(failed.trim().split('\n').length - 1, 101)
    assert.equal((await query(call, "SELECT COUNT() FROM Account WHERE Name LIKE 'Many %'")).totalSize, 900)
  })

  it('writes the successful rows of the documented walkthrough to the letter', { skip: skipRecorded }, async () => {
    const { successful } = await ingest(
      call,
      { object: 'Account', operation: 'insert' },
      recordedText('csv/doc-unicode-insert.csv'),
    )
    const withoutIds = (csv: string): string => csv.replaceAll(/"001\w{15}"/g, '"001"')
    assert.equal(withoutIds(successful), withoutIds(recordedText('csv/doc-successful-results-scientific.csv')))
  })

  const files: Record<string, [object: string, lineEnding: string, rows: number]> = {
    'doc-unicode-insert.csv': ['Account', 'LF', 3],
    'doc-crlf.csv': ['Contact', 'CRLF', 2],
    'ballerina-contacts1.csv': ['Contact', 'LF', 2],
    'plugin-data-single-column.csv': ['Account', 'LF', 10],
  }
  for (const [file, [object, lineEnding, rows]] of Object.entries(files)) {
    it(`takes ${file}, which others use against real orgs`, { skip: skipRecorded }, async () => {
      const { info, failed } = await ingest(
        call,
        { object, operation: 'insert', lineEnding },
        recordedText(`csv/${file}`),
      )
      assert.equal(info.state, 'JobComplete', info.errorMessage)
      assert.deepEqual([info.numberRecordsProcessed, info.numberRecordsFailed], [rows, 0], failed)
    })
  }
})
