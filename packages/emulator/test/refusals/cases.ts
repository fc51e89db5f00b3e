/** One row of the table of refusals: what is asked, and how it is refused. */
export interface Refusal {
  readonly errorCode: string
  readonly status: number
  /** What triggers it, as the table in the README words it. */
  readonly trigger: string
  readonly method?: string
  /** Below `/services/data/v67.0`. */
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** False for a call without a session. */
  readonly session?: boolean
}

/** Ids of records that the cases are about. */
export interface Records {
  readonly account: string
  readonly deleted: string
}

const LEAD = { LastName: 'Twin', Company: 'C', Email: 'twin@c.example' }
const DEAL = { Name: 'D', StageName: 'Prospecting', CloseDate: '2026-01-01' }

/** Everything that the record, query and search roads refuse, one case a row. */
export function refusals({ account, deleted }: Records): Refusal[] {
  const record = `/sobjects/Account/${account}`
  const create = (errorCode: string, trigger: string, object: string, body: unknown): Refusal => ({
    ...{ errorCode, status: 400, trigger, method: 'POST', path: `/sobjects/${object}`, body },
  })
  const query = (errorCode: string, trigger: string, soql: string): Refusal => ({
    ...{ errorCode, status: 400, trigger, path: `/query?q=${encodeURIComponent(soql)}` },
  })
  const search = (errorCode: string, trigger: string, sosl: string): Refusal => ({
    ...{ errorCode, status: 400, trigger, path: `/search?q=${encodeURIComponent(sosl)}` },
  })
  const get = (errorCode: string, status: number, trigger: string, path: string): Refusal => ({
    ...{ errorCode, status, trigger, path },
  })
  return [
    {
      errorCode: 'INVALID_SESSION_ID',
      status: 401,
      trigger: 'no session, or one that ended',
      path: '/limits',
      session: false,
    },
    get('NOT_IMPLEMENTED', 501, 'a road that the emulator does not cover', '/tooling/query'),
    get('NOT_FOUND', 404, 'an unknown object', '/sobjects/Nothing'),
    get('NOT_FOUND', 404, 'an Id without a record', '/sobjects/Account/001000000000999AAA'),
    get('NOT_FOUND', 404, 'an address that names no external id field', '/sobjects/Account/Name/x'),
    get('NOT_FOUND', 404, 'a relationship without a record', `${record}/Parent`),
    get('ENTITY_IS_DELETED', 404, 'a record in the recycle bin', `/sobjects/Account/${deleted}`),
    get('INVALID_FIELD', 400, 'an unknown field in `fields`', `${record}?fields=Nmae`),
    create('JSON_PARSER_ERROR', 'a body that is no JSON object', 'Account', []),
    create('JSON_PARSER_ERROR', 'no body where one is needed', 'Account', undefined),
    {
      errorCode: 'UNSUPPORTED_MEDIA_TYPE',
      status: 415,
      trigger: 'a body of another type where JSON is expected',
      ...{ method: 'POST', path: '/sobjects/Account', body: 'Name=A', headers: { 'content-type': 'text/plain' } },
    },
    {
      errorCode: 'UNSUPPORTED_MEDIA_TYPE',
      status: 415,
      trigger: 'a body packed in another way than gzip or deflate',
      ...{ method: 'POST', path: '/sobjects/Account', body: { Name: 'A' }, headers: { 'content-encoding': 'br' } },
    },
    create('JSON_PARSER_ERROR', 'a value of the wrong type', 'Account', { Name: 'A', NumberOfEmployees: 'many' }),
    create('INVALID_FIELD', 'a field that the object has not', 'Account', { Name: 'A', Nmae: 'A' }),
    create('INVALID_FIELD', 'a parent by a field that is no external id', 'Contact', {
      LastName: 'L',
      Account: { Site: 'x' },
    }),
    create('INVALID_FIELD', 'a parent by an external id that no record has', 'Contact', {
      LastName: 'L',
      Account: { External_Id__c: 'none' },
    }),
    create('REQUIRED_FIELD_MISSING', 'a required field left out', 'Account', {}),
    create('INVALID_FIELD_FOR_INSERT_UPDATE', 'a field that only Salesforce writes', 'Account', {
      Name: 'A',
      CreatedDate: '2026-01-01',
    }),
    create('INVALID_FIELD_FOR_INSERT_UPDATE', 'an Id in a create', 'Account', { Name: 'A', Id: account }),
    create('STRING_TOO_LONG', 'text longer than its field', 'Account', { Name: 'x'.repeat(256) }),
    create('NUMBER_OUTSIDE_VALID_RANGE', 'a number wider than its field', 'Account', {
      Name: 'A',
      NumberOfEmployees: 1e9,
    }),
    create('INVALID_EMAIL_ADDRESS', 'an address that is no e-mail', 'Contact', { LastName: 'L', Email: 'nowhere' }),
    create('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'a value outside a restricted picklist', 'Account', {
      Name: 'A',
      Interests__c: 'Golf',
    }),
    create('MALFORMED_ID', 'a reference that is no Id, or one of another object', 'Contact', {
      LastName: 'L',
      AccountId: '003000000000001AAA',
    }),
    create('INVALID_CROSS_REFERENCE_KEY', 'a reference to a record that is not there', 'Contact', {
      LastName: 'L',
      AccountId: '001000000000999AAA',
    }),
    create('ENTITY_IS_DELETED', 'a reference to a deleted record', 'Contact', { LastName: 'L', AccountId: deleted }),
    create('DUPLICATE_VALUE', 'a value that has to be unique', 'Account', { Name: 'A', External_Id__c: 'taken' }),
    create('DUPLICATES_DETECTED', 'a duplicate rule, unless `allowSave=true`', 'Lead', LEAD),
    create('FIELD_CUSTOM_VALIDATION_EXCEPTION', 'a validation rule', 'Opportunity', { ...DEAL, Amount: -1 }),
    {
      errorCode: 'INVALID_FIELD',
      status: 400,
      trigger: 'an Id in the body of an update',
      ...{ method: 'PATCH', path: record, body: { Id: account } },
    },
    {
      errorCode: 'BAD_REQUEST',
      status: 400,
      trigger: 'a conditional header without a date, on a write',
      ...{ method: 'PATCH', path: record, body: {}, headers: { 'if-unmodified-since': 'tomorrow' } },
    },
    {
      errorCode: 'METHOD_NOT_ALLOWED',
      status: 405,
      trigger: 'a write that the object does not allow',
      ...{ method: 'POST', path: '/sobjects/Organization', body: {} },
    },
    {
      errorCode: 'METHOD_NOT_ALLOWED',
      status: 405,
      trigger: 'a method that the address does not have, as in an update without an Id',
      ...{ method: 'PATCH', path: '/sobjects/Account', body: {} },
    },
    get('MISSING_ARGUMENT', 400, 'no start or no end of a timespan', '/sobjects/Account/updated'),
    get(
      'INVALID_REPLICATION_DATE',
      400,
      'a timespan that is too short, too old or no timespan',
      '/sobjects/Account/deleted?start=2020-01-01T00:00:00Z&end=2020-01-02T00:00:00Z',
    ),
    get('MALFORMED_QUERY', 400, 'no query', '/query'),
    query('MALFORMED_QUERY', 'SOQL that cannot be parsed', 'SELECT FROM Account'),
    query('MALFORMED_QUERY', 'a field neither grouped nor aggregated', 'SELECT Name, COUNT(Id) FROM Account'),
    query('INVALID_TYPE', 'an unknown object in SOQL', 'SELECT Id FROM Nothing'),
    query('INVALID_FIELD', 'an unknown field or relationship in SOQL', 'SELECT Nmae FROM Account'),
    query(
      'INVALID_FIELD',
      'a value in quotes that needs none, or the other way',
      'SELECT Id FROM Account WHERE Name = 1',
    ),
    query(
      'INVALID_QUERY_FILTER_OPERATOR',
      'an operator that the field does not take',
      "SELECT Id FROM Account WHERE AnnualRevenue LIKE '1'",
    ),
    query('INVALID_QUERY_FILTER_OPERATOR', 'an Id that is none, in a filter', "SELECT Id FROM Account WHERE Id = 'x'"),
    query('NUMBER_OUTSIDE_VALID_RANGE', 'an OFFSET above 2,000', 'SELECT Id FROM Account OFFSET 2001'),
    get('INVALID_QUERY_LOCATOR', 400, 'a `nextRecordsUrl` that is unknown or too old', '/query/01g000000000001-2000'),
    search('MALFORMED_SEARCH', 'SOSL that cannot be parsed, or a term of one character', 'FIND {a}'),
    search('INVALID_TYPE', 'an unknown or unsearchable object in SOSL', 'FIND {acme} RETURNING Nothing'),
    search('INVALID_FIELD', 'an unknown field in SOSL', 'FIND {acme} RETURNING Account(Nmae)'),
    get(
      'INVALID_SEARCH',
      400,
      'a value that means nothing to a parameterized search',
      '/parameterizedSearch?q=acme&in=NOSE',
    ),
  ]
}

/** Records that make the cases refusals: one to be alike, one whose value is taken. */
export const SEED: Readonly<Record<'taken' | 'lead', object>> = {
  taken: { Name: 'Taken', External_Id__c: 'taken' },
  lead: LEAD,
}
