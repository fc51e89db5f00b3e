import type { Emulator } from '../../src/index.ts'
import { type Answer, data, send } from '../support/harness.ts'
import { type Refused, refused } from './refused.ts'

const ORDER = { object: 'Account', operation: 'insert' }
const CSV = { 'content-type': 'text/csv' }

async function opened(emulator: Emulator, order: object = ORDER): Promise<string> {
  return `/jobs/ingest/${(await send(emulator, 'POST', data('/jobs/ingest'), { body: order })).json.id}`
}

function upload(emulator: Emulator, job: string, body: string): Promise<Answer> {
  return send(emulator, 'PUT', data(`${job}/batches`), { body, headers: CSV })
}

function setState(emulator: Emulator, job: string, state: string): Promise<Answer> {
  return send(emulator, 'PATCH', data(job), { body: { state } })
}

/** What a job with this upload ends with. */
function failed(trigger: string, csv?: string, errorCode = 'InvalidBatch'): Refused {
  return {
    errorCode,
    status: 200,
    trigger: `${trigger}: the job fails`,
    ask: async (emulator) => {
      emulator.pace.set({ reads: 1 })
      const job = await opened(emulator)
      if (csv !== undefined) await upload(emulator, job, csv)
      await setState(emulator, job, 'UploadComplete')
      return send(emulator, 'GET', data(job))
    },
    codeOf: ({ json }) => (json.state === 'Failed' ? json.errorMessage.split(' : ')[0] : json.state),
  }
}

async function finishedQuery(emulator: Emulator): Promise<string> {
  emulator.pace.set({ reads: 1 })
  const body = { operation: 'query', query: 'SELECT Id FROM Account' }
  const { id } = (await send(emulator, 'POST', data('/jobs/query'), { body })).json
  await send(emulator, 'GET', data(`/jobs/query/${id}`))
  return `/jobs/query/${id}`
}

const query = (soql: string): [string, string, object] => ['POST', '/jobs/query', { operation: 'query', query: soql }]

/** What Bulk API 2.0 refuses. */
export const BULK: readonly Refused[] = [
  refused('API_ERROR', 400, 'a property of a job with a value that there is not', [
    'POST',
    '/jobs/ingest',
    { ...ORDER, operation: 'eat' },
  ]),
  refused('JSON_PARSER_ERROR', 400, 'a property that a job does not have', [
    'POST',
    '/jobs/ingest',
    { ...ORDER, externalIdFieldname: 'External_Id__c' },
  ]),
  refused('INVALIDJOB', 400, 'an ingest job for an unknown object, or an upsert by no external id', [
    'POST',
    '/jobs/ingest',
    { ...ORDER, object: 'Nothing' },
  ]),
  {
    errorCode: 'FEATURENOTENABLED',
    status: 400,
    trigger: 'a hard delete by a user without the permission (`bulkApiHardDelete`)',
    ask: async (emulator) => {
      const { clientId, clientSecret } = emulator.credentials
      const user = { username: 'plain@forcewire.example', password: 'secret' }
      await send(emulator, 'POST', '/_emulator/users', { body: user })
      const form = { grant_type: 'password', ...user, client_id: clientId, client_secret: clientSecret }
      const login = await send(emulator, 'POST', '/services/oauth2/token', {
        body: new URLSearchParams(form),
        token: null,
      })
      const body = { ...ORDER, operation: 'hardDelete' }
      return send(emulator, 'POST', data('/jobs/ingest'), { body, token: login.json.access_token })
    },
  },
  refused('NOT_FOUND', 404, 'a job that is not there', ['GET', '/jobs/ingest/750000000000001AAA']),
  {
    errorCode: 'BULK_API_ERROR',
    status: 400,
    trigger: 'a second upload to a job',
    ask: async (emulator) => {
      const job = await opened(emulator)
      await upload(emulator, job, 'Name\nA\n')
      return upload(emulator, job, 'Name\nB\n')
    },
  },
  {
    errorCode: 'REQUEST_ENTITY_TOO_LARGE',
    status: 413,
    trigger: 'an upload of more than 112,500,000 bytes',
    ask: async (emulator) => upload(emulator, await opened(emulator), 'x'.repeat(112_500_001)),
  },
  {
    errorCode: 'INVALIDJOBSTATE',
    status: 400,
    trigger: 'a step that the state of a job does not allow',
    ask: async (emulator) => {
      const job = await opened(emulator)
      await setState(emulator, job, 'Aborted')
      return upload(emulator, job, 'Name\nA\n')
    },
  },
  {
    errorCode: 'API_ERROR',
    status: 400,
    trigger: 'a delete of a job that has not ended',
    ask: async (emulator) => {
      emulator.pace.set({ reads: 9 })
      const { id } = (await send(emulator, 'POST', data('/jobs/query'), { body: query('SELECT Id FROM Account')[2] }))
        .json
      return send(emulator, 'DELETE', data(`/jobs/query/${id}`))
    },
  },
  failed('an upload without rows'),
  failed('a column that is no field', 'Nmae\nA\n'),
  failed('CSV that cannot be read', 'Name\n"A\n'),
  failed('lines that end in another way than the job says', 'Name\r\nA\r\n', 'ClientInputError'),
  refused('INVALIDENTITY', 400, 'a query job for an unknown object', query('SELECT Id FROM Nothing')),
  refused('MALFORMED_QUERY', 400, 'a query job whose SOQL cannot be parsed', query('SELECT FROM Account')),
  refused(
    'FUNCTIONALITY_NOT_ENABLED',
    400,
    'a query job that aggregates, has children, TYPEOF, OFFSET, or selects binary or compound fields',
    query('SELECT COUNT(Id) FROM Account'),
  ),
  {
    errorCode: 'CONFLICT',
    status: 409,
    trigger: 'results by another API version than that of the job',
    ask: async (emulator) => {
      const job = await finishedQuery(emulator)
      return send(emulator, 'GET', `/services/data/v60.0${job}/results`)
    },
  },
  {
    errorCode: 'API_ERROR',
    status: 400,
    trigger: 'a locator that is none',
    ask: async (emulator) => send(emulator, 'GET', data(`${await finishedQuery(emulator)}/results?locator=x`)),
  },
  refused('INVALID_QUERY_LOCATOR', 400, 'a locator of the list of jobs that is none', [
    'GET',
    '/jobs/ingest?queryLocator=x',
  ]),
]
