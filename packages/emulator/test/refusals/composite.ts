import { type Answer, data, send } from '../support/harness.ts'
import { many, type Refused, refused } from './refused.ts'

const V = '/services/data/v67.0'
const LIMITS = { method: 'GET', url: `${V}/limits`, referenceId: 'limits' }
const WRONG = { method: 'GET', url: `${V}/sobjects/Nothing`, referenceId: 'wrong' }
const account = (fields: object = {}): object => ({ attributes: { type: 'Account' }, ...fields })

function composite(errorCode: string, status: number, trigger: string, compositeRequest: object[], rest = {}): Refused {
  const codeOf = ({ json }: Answer): unknown => json.compositeResponse.at(-1).body[0].errorCode
  const body = { ...rest, compositeRequest }
  return refused(errorCode, status, trigger, ['POST', '/composite', body], status === 200 ? codeOf : undefined)
}

function row(errorCode: string, trigger: string, records: object[], method = 'POST', rest: object = {}): Refused {
  const codeOf = ({ json }: Answer): unknown => json.at(-1).errors[0].statusCode
  return refused(errorCode, 200, trigger, [method, '/composite/sobjects', { ...rest, records }], codeOf)
}

function graphs(errorCode: string, status: number, trigger: string, graphs: object[]): Refused {
  const codeOf = ({ json }: Answer): unknown => json.graphs[0].graphResponse.compositeResponse[0].body[0].errorCode
  return refused(
    errorCode,
    status,
    trigger,
    ['POST', '/composite/graph', { graphs }],
    status === 200 ? codeOf : undefined,
  )
}

/** What the composite resources refuse. */
export const COMPOSITE: readonly Refused[] = [
  refused('JSON_PARSER_ERROR', 400, 'a composite call that is not of its shape', ['POST', '/composite', {}]),
  composite(
    'LIMIT_EXCEEDED',
    200,
    'more than 25 subrequests',
    many(26, (n) => ({ ...LIMITS, referenceId: `r${n}` })),
  ),
  composite('INVALID_INPUT', 400, 'a reference ID given twice', [LIMITS, LIMITS]),
  composite('JSON_PARSER_ERROR', 400, 'a reference ID with other characters, from 52.0 on', [
    { ...LIMITS, referenceId: 'a-b' },
  ]),
  composite('PROCESSING_HALTED', 200, 'a subrequest that refers to one that failed', [
    WRONG,
    { ...LIMITS, url: `${V}/sobjects/Account/@{wrong.id}` },
  ]),
  composite('PROCESSING_HALTED', 200, 'what comes after a failed subrequest of an all-or-none call', [WRONG, LIMITS], {
    allOrNone: true,
  }),
  refused('LIMIT_EXCEEDED', 400, 'more than 25 subrequests of a batch', [
    'POST',
    '/composite/batch',
    { batchRequests: many(26, () => ({ method: 'GET', url: 'v67.0/limits' })) },
  ]),
  refused(
    'BATCH_PROCESSING_HALTED',
    200,
    'what comes after a failed subrequest of a batch that halts on errors',
    [
      'POST',
      '/composite/batch',
      {
        haltOnError: true,
        batchRequests: ['sobjects/Nothing', 'limits'].map((path) => ({ method: 'GET', url: `v67.0/${path}` })),
      },
    ],
    ({ json }) => json.results[1].result[0].errorCode,
  ),
  graphs(
    'LIMIT_EXCEEDED',
    400,
    'more than 75 graphs, or a graph beyond its limits',
    many(76, (n) => ({
      graphId: `g${n}`,
      compositeRequest: [{ ...LIMITS, url: `${V}/sobjects/Account/001000000000001AAA` }],
    })),
  ),
  graphs('INVALID_INPUT', 200, 'a node of a graph that is about no record', [
    { graphId: 'g', compositeRequest: [LIMITS] },
  ]),
  refused('INVALID_INPUT', 400, 'more than 200 records in trees, 5 levels or 5 types', [
    'POST',
    '/composite/tree/Account',
    { records: many(201, (n) => ({ attributes: { type: 'Account', referenceId: `r${n}` }, Name: 'A' })) },
  ]),
  refused(
    'REQUIRED_FIELD_MISSING',
    400,
    'a record of a tree that breaks a rule: nothing is created',
    ['POST', '/composite/tree/Account', { records: [{ attributes: { type: 'Account', referenceId: 'r' } }] }],
    ({ json }) => json.results[0].errors[0].statusCode,
  ),
  refused('EXCEEDED_ID_LIMIT', 400, 'more than 200 records of collections, 2,000 to retrieve', [
    'POST',
    '/composite/sobjects',
    { records: many(201, () => account({ Name: 'A' })) },
  ]),
  refused('LIMIT_EXCEEDED', 400, 'more than 10 changes of type in one collection', [
    'POST',
    '/composite/sobjects',
    { records: many(12, (n) => ({ attributes: { type: n % 2 ? 'Account' : 'Contact' } })) },
  ]),
  row('JSON_PARSER_ERROR', 'a record of a collection without attributes', [{ Name: 'A' }]),
  row('INVALID_TYPE', 'a record of an unknown object', [{ attributes: { type: 'Nothing' } }]),
  row('INVALID_TYPE_FOR_OPERATION', 'a write that the object does not allow', [
    { attributes: { type: 'Organization' } },
  ]),
  row('MISSING_ARGUMENT', 'an update of a record without its Id', [account()], 'PATCH'),
  refused(
    'MISSING_ARGUMENT',
    200,
    'an upsert of a record without its external id, unless that is the Id',
    ['PATCH', '/composite/sobjects/Account/External_Id__c', { records: [account({ Name: 'A' })] }],
    ({ json }) => json[0].errors[0].statusCode,
  ),
  row(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'a good record beside a bad one, all or none',
    [account(), account({ Name: 'A' })],
    'POST',
    {
      allOrNone: true,
    },
  ),
  refused(
    'MALFORMED_ID',
    200,
    'an Id to delete that is none',
    ['DELETE', '/composite/sobjects?ids=nothing'],
    ({ json }) => json[0].errors[0].statusCode,
  ),
  {
    errorCode: 'DUPLICATE_VALUE',
    status: 200,
    trigger: 'records of one upsert with one external id',
    ask: (emulator) => {
      const records = many(2, () => account({ Name: 'A', External_Id__c: 'same' }))
      return send(emulator, 'PATCH', data('/composite/sobjects/Account/External_Id__c'), { body: { records } })
    },
    codeOf: ({ json }) => json[1].errors[0].statusCode,
  },
]
