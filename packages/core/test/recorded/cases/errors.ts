import assert from 'node:assert/strict'
import {
  ApiError,
  customClock,
  LimitError,
  NotFoundError,
  type Salesforce,
  type SalesforceError,
  SessionError,
} from '@forcewire/core'
import type { RecordedCase } from '../../support/recorded-case.ts'
import { TestClock } from '../../support/test-clock.ts'
import { type CaseTest, type CaseTests, replay } from '../replay.ts'

type Call = (salesforce: Salesforce, recorded: RecordedCase) => Promise<unknown>

/** For samples that were recorded at an address that no method has. */
const asked: Call = (salesforce, { request: { method, path = '' } }) =>
  salesforce.request({ method: method as 'GET' | 'POST', path })
const getBroker: Call = (salesforce) => salesforce.sobject('Broker__c').get('a008N0000032UmoQAA')
const upsertWhizbang: Call = (salesforce) => salesforce.sobject('Whizbang').upsert({ External__c: '1234' }, {})

/** A call that fails, and what its error says. */
function refused(
  holds: string,
  call: Call,
  kind: new (...options: never[]) => SalesforceError,
  facts: Record<string, unknown>,
): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id)
      const error: unknown = await call(org.salesforce, org.recorded).then(
        () => assert.fail('The call should have failed.'),
        (reason) => reason,
      )
      assert.ok(error instanceof kind, String(error))
      assert.equal(error.constructor.name, kind.name)
      const told = Object.fromEntries(Object.keys(facts).map((key) => [key, (error as never)[key]]))
      assert.deepEqual(told, facts)
      assert.doesNotMatch(error.message, /<[a-z/!]/i)
      org.assertAsRecorded()
      assert.equal(org.sent.length, 1)
    },
  }
}

export const errorCases: CaseTests = {
  'doc-bulk2-delete-running': refused(
    'a query job that runs is not deleted',
    (salesforce) => salesforce.bulk.queryJobs.delete('750R0000000zxnaIAA'),
    ApiError,
    { status: 400, errorCode: 'API_ERROR' },
  ),
  'jsforce-400-required-field': refused('the missing field is named', asked, ApiError, {
    status: 400,
    errors: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] }],
  }),
  'jsforce-400-two-validation-errors': refused('both errors are kept', asked, ApiError, {
    message: 'FIELD_CUSTOM_VALIDATION_EXCEPTION: no ACME accounts; FIELD_CUSTOM_VALIDATION_EXCEPTION: no 123 phone',
    errors: ['no ACME accounts', 'no 123 phone'].map((message) => ({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message,
      fields: [],
    })),
  }),
  'jsforce-401-error-object': refused('an object body is read like a list', asked, SessionError, {
    status: 401,
    errorCode: 'INVALID_SESSION_ID',
  }),
  'jsforce-404-html': refused('a page of HTML is not shown as the message', getBroker, NotFoundError, {
    status: 404,
    errorCode: undefined,
  }),
  'jsforce-429-error-object': refused('status 429 is a limit whatever its code says', asked, LimitError, {
    status: 429,
    scope: 'rate',
    errorCode: 'INTERNAL_SERVER_ERROR',
  }),
  'jsforce-rest-error-xml': refused('XML behind an empty line is read', getBroker, ApiError, {
    status: 400,
    errorCode: 'NOT_FOUND',
    errors: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist', fields: [] }],
  }),
  'pasted-400-bulk-invalidentity': refused(
    'a code of Bulk API 2.0 without underscores is kept',
    (salesforce) => salesforce.bulk.query('SELECT Id FROM Tag').all(),
    ApiError,
    { status: 400, errorCode: 'INVALIDENTITY' },
  ),
  'pasted-500-unable-to-lock-row': {
    holds: 'the code decides about a retry, not status 500: even a create is sent again',
    async play(id) {
      await using org = await replay(id, { next: ['nango-create-201'], retry: {}, [customClock]: new TestClock() })
      const { id: saved } = await org.salesforce.sobject('Account').create({ Name: 'ACME' })
      assert.equal(saved, '001dM00003kRs59QAC')
      assert.equal(org.sent.length, 2)
    },
  },
  'pasted-html-long-uri': refused(
    'a URI that is too long is a plain error',
    (salesforce) => salesforce.limits(),
    ApiError,
    {
      status: 414,
      errors: [],
    },
  ),
  'restforce-upsert-error': refused('a wrong external ID field is not found', upsertWhizbang, NotFoundError, {
    status: 404,
    errorCode: 'NOT_FOUND',
    errors: [
      {
        errorCode: 'NOT_FOUND',
        message: 'Provided external ID field does not exist or is not accessible: Namez',
        fields: [],
      },
    ],
  }),
  'restforce-write-error': refused(
    'an error without fields has an empty list of them',
    (salesforce) => salesforce.sobject('Whizbang').create({ foo: 1 }),
    ApiError,
    {
      status: 400,
      errors: [{ errorCode: 'INVALID_FIELD', message: "No such column 'foo' on sobject of type Bar", fields: [] }],
    },
  ),
  'vcr-400-invalid-query-filter': refused(
    'the message loses its leading line break and keeps its caret',
    (salesforce, { request: { path = '' } }) =>
      salesforce.query(new URL(path.replace(/^<\w+>/, 'http://loopback')).searchParams.get('q') ?? '').all(),
    ApiError,
    {
      status: 400,
      errorCode: 'INVALID_QUERY_FILTER_OPERATOR',
      errors: [
        {
          errorCode: 'INVALID_QUERY_FILTER_OPERATOR',
          message:
            "Assignable_Adoption_Date__c FROM Contact WHERE (Id = 'somethingwonky') LIMIT 1\n" +
            `${' '.repeat(48)}^\nERROR at Row:1:Column:258\ninvalid ID field: somethingwonky`,
          fields: [],
        },
      ],
    },
  ),
}
