import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { recordedIds, recordingsMissing } from '../support/recorded-case.ts'
import { bulkCases } from './cases/bulk.ts'
import { compositeCases } from './cases/composite.ts'
import { describeCases } from './cases/describe.ts'
import { errorCases } from './cases/errors.ts'
import { loginCases } from './cases/login.ts'
import { queryCases } from './cases/query.ts'
import { restCases } from './cases/rest.ts'
import { soapCases } from './cases/soap.ts'
import type { CaseTests } from './replay.ts'

const all: CaseTests = {
  ...bulkCases,
  ...compositeCases,
  ...describeCases,
  ...errorCases,
  ...loginCases,
  ...queryCases,
  ...restCases,
  ...soapCases,
}

describe('recorded traffic of real orgs', { skip: recordingsMissing }, () => {
  for (const [id, { holds, play }] of Object.entries(all)) it(`${id}: ${holds}`, () => play(id))

  it('is replayed to the last case', () => {
    assert.deepEqual(Object.keys(all).sort(), recordedIds())
  })
})
