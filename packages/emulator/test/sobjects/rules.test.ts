import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

const LEAD = { LastName: 'Twin', Company: 'Acme', Email: 'twin@acme.example' }

function create(
  emulator: Emulator,
  object: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(emulator, 'POST', data(`/sobjects/${object}`), { body, headers })
}

test('every validation rule that a record breaks is an entry, as recorded', { skip: recordingsMissing }, async (t) => {
  const emulator = await startEmulator(t)
  const bad = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-01-01', Amount: -1, Probability: 200 }
  const { status, json } = await create(emulator, 'Opportunity', bad)
  const recorded = recordedCase('jsforce-400-two-validation-errors').response
  assert.equal(status, recorded.status)
  assert.deepEqual(Object.keys(json[0]), Object.keys(JSON.parse(recorded.body)[0]))
  assert.deepEqual(json, [
    { message: 'An amount cannot be negative.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: ['Amount'] },
    { message: 'A probability is at most 100 %.', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', fields: [] },
  ])
})

test('a duplicate is refused with the records that match, until the header lets it pass', async (t) => {
  const emulator = await startEmulator(t)
  const { json: first } = await create(emulator, 'Lead', LEAD)
  const again = { ...LEAD, LastName: 'TWIN' }
  const { status, json } = await create(emulator, 'Lead', again)
  assert.equal(status, 400)
  const message = "You're creating a duplicate record. We recommend you use an existing record instead."
  assert.deepEqual(json, [
    {
      duplicateResut: {
        allowSave: true,
        duplicateRule: 'Standard_Lead_Duplicate_Rule',
        duplicateRuleEntityType: 'Lead',
        errorMessage: message,
        matchResults: [
          {
            entityType: 'Lead',
            errors: [],
            matchEngine: 'ExactMatchEngine',
            matchRecords: [
              {
                additionalInformation: [],
                fieldDiffs: [],
                matchConfidence: 100,
                record: { attributes: { type: 'Lead', url: data(`/sobjects/Lead/${first.id}`) }, Id: first.id },
              },
            ],
            rule: 'Standard_Lead_Match_Rule_v1_0',
            size: 1,
            success: true,
          },
        ],
      },
      errorCode: 'DUPLICATES_DETECTED',
      message,
    },
  ])
  const saved = await create(emulator, 'Lead', again, { 'sforce-duplicate-rule-header': 'allowSave=true' })
  assert.equal(saved.status, 201)
})

test('a record becomes a duplicate by a change of what is compared, not by any other', async (t) => {
  const emulator = await startEmulator(t)
  await create(emulator, 'Lead', LEAD)
  const { json } = await create(emulator, 'Lead', { ...LEAD, LastName: 'Other' })
  const road = data(`/sobjects/Lead/${json.id}`)
  const change = async (body: object, headers: Record<string, string> = {}): Promise<number> =>
    (await send(emulator, 'PATCH', road, { body, headers })).status
  assert.equal(await change({ LastName: 'Twin' }), 400)
  assert.equal(await change({ LastName: 'Twin' }, { 'sforce-duplicate-rule-header': 'allowSave=true' }), 204)
  assert.equal(await change({ Title: 'Boss' }), 204)
})

test('the assignment rule gives web leads to their queue unless the header says FALSE', async (t) => {
  const emulator = await startEmulator(t)
  const { json: queue } = await create(emulator, 'Group', { Name: 'Web', DeveloperName: 'Web_Leads', Type: 'Queue' })
  const ownerOf = async (headers: Record<string, string>, body: object): Promise<string> => {
    const { json } = await create(emulator, 'Lead', { LastName: 'L', Company: 'C', ...body }, headers)
    return (await send(emulator, 'GET', data(`/sobjects/Lead/${json.id}?fields=OwnerId`))).json.OwnerId
  }
  assert.equal(await ownerOf({}, { LeadSource: 'Web' }), queue.id)
  assert.equal(await ownerOf({ 'sforce-auto-assign': 'TRUE' }, { LeadSource: 'Web' }), queue.id)
  assert.match(await ownerOf({ 'sforce-auto-assign': 'FALSE' }, { LeadSource: 'Web' }), /^005/)
  assert.match(await ownerOf({}, { LeadSource: 'Other' }), /^005/)
})
