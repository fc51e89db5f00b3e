import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller } from '../query/calls.ts'
import { ingest } from './jobs.ts'

/** Thirteen columns whose values together make a record too long. */
const WIDE = [
  ...['Description', 'Site', 'Phone', 'Fax', 'Website', 'AccountNumber', 'TickerSymbol'],
  ...['BillingStreet', 'BillingCity', 'BillingState', 'BillingCountry', 'ShippingStreet', 'ShippingCity'],
]

describe('ingest jobs that fail as a whole', () => {
  let emulator: Emulator
  let call: Call
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    emulator.pace.set({ reads: 1 })
    call = caller(emulator)
  })
  after(() => emulator.close())

  const insert = { object: 'Account', operation: 'insert' }
  const upsert = { object: 'Account', operation: 'upsert', externalIdFieldName: 'External_Id__c' }
  const failures: Record<string, [object, string, string]> = {
    'an unknown column': [insert, 'Name,Nmae\nA,B\n', 'InvalidBatch : Field name not found : Nmae'],
    'an upsert without its external id column': [
      upsert,
      'Name\nA\n',
      'InvalidBatch : Field name not found : External_Id__c',
    ],
    'an update without an Id column': [
      { object: 'Account', operation: 'update' },
      'Name\nA\n',
      'InvalidBatch : Field name not found : Id',
    ],
    'a column given twice': [insert, 'Name,NAME\nA,B\n', 'InvalidBatch : Field name given twice : NAME'],
    'a compound column': [insert, 'Name,BillingAddress\nA,B\n', 'InvalidBatch : Field name not found : BillingAddress'],
    'a relationship to a field that is no external id': [
      { object: 'Contact', operation: 'insert' },
      'LastName,Account.Site\nA,B\n',
      'InvalidBatch : Field name not found : Account.Site',
    ],
    'a byte order mark': [insert, '\uFEFFName\nA\n', 'InvalidBatch : Field name not found : \uFEFFName'],
    'a byte order mark before a quote': [
      insert,
      '\uFEFF"Name"\nA\n',
      'InvalidBatch : Failed to parse CSV. Found unescaped quote. A value with quote should be within a quote',
    ],
    'CRLF where the job says LF': [
      insert,
      'Name\r\nA\r\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
    'LF where the job says CRLF': [
      { ...insert, lineEnding: 'CRLF' },
      'Name\nA\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF',
    ],
    'a CRLF further down': [
      insert,
      'Name\nA\r\nB\n',
      'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF',
    ],
    'a quote that never closes': [
      insert,
      'Name\n"A\nB\n',
      'InvalidBatch : Failed to parse CSV. EOF reached before closing an opened quote',
    ],
    'text behind a closing quote': [
      insert,
      'Name,Site\n"A" ,B\n',
      'InvalidBatch : Failed to parse CSV. Not expecting more text after end quote',
    ],
    'a row longer than the header': [
      insert,
      'Name\nA,B\n',
      'InvalidBatch : Failed to parse CSV. Too many columns: a row has 2 columns and the header has 1',
    ],
    'a field of more than 32,000 characters': [
      insert,
      `Name,Description\nA,${'x'.repeat(32_001)}\n`,
      'InvalidBatch : Failed to parse CSV. Exceeded max field size: 32001',
    ],
    'a record of more than 400,000 characters': [
      insert,
      `Name,${WIDE.join(',')}\nA,${WIDE.map(() => 'x'.repeat(32_000)).join(',')}\n`,
      'InvalidBatch : Failed to parse CSV. Exceeded max length for one record: 416001. ' +
        'Max length for one record should be less than or equal to 400000',
    ],
    'more than 5,000 columns': [
      insert,
      `${Array.from({ length: 5001 }, (_, column) => `C${column}`).join(',')}\n`,
      'InvalidBatch : Failed to parse CSV. Exceeded max number of columns: 5001. There may be up to 5000',
    ],
    'an empty upload': [insert, '', 'InvalidBatch : Records not found'],
  }
  for (const [mistake, [order, csv, message]] of Object.entries(failures)) {
    it(`names ${mistake}`, async () => {
      const { info, unprocessed } = await ingest(call, order, csv)
      assert.equal(info.state, 'Failed')
      assert.equal(info.errorMessage, message)
      assert.equal(info.numberRecordsProcessed, 0)
      assert.equal(unprocessed.trimEnd(), csv.replace('\uFEFF', '').trimEnd())
    })
  }

  it('keeps the batches done before a broken row, and hands out the rest as unprocessed', async () => {
    const rows = Array.from({ length: 450 }, (_, index) => `Kept ${index}`)
    const { info, successful, unprocessed } = await ingest(call, insert, `Name\n${rows.join('\n')}\n"broken" x\nlast\n`)
    assert.deepEqual([info.state, info.numberRecordsProcessed], ['Failed', 400])
    assert.equal(successful.trim().split('\n').length - 1, 400)
    assert.equal(unprocessed, `Name\n${rows.slice(400).join('\n')}\n"broken" x\nlast\n`)
  })
})
