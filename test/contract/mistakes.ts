/**
 * What people get wrong, and the words that each host must answer with: one sentence for the cause, one for the next
 * step. Every host's tests run each of these; a text changes here and in the catalogue, nowhere else.
 */
export interface Mistake {
  readonly name: string
  /** How the connection is set up: against the running emulator, with a wrong secret, or at a port that nobody serves. */
  readonly connection: 'good' | 'wrong-secret' | 'unreachable'
  readonly operation: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
  /** Content of the CSV file, where the operation reads one. */
  readonly csv?: string
  readonly expected: Refusal | PartialLoad
}

/** The whole call fails. */
export interface Refusal {
  readonly code: string
  readonly message: RegExp
  readonly description: RegExp
}

/** The good rows are loaded, the bad ones handed out with their reason. */
export interface PartialLoad {
  readonly loaded: number
  readonly failures: readonly { readonly errorCode: string; readonly message: RegExp }[]
}

const upsert = { object: 'Account', operation: 'upsert', externalIdField: 'External_Id__c' }

export const mistakes: readonly Mistake[] = [
  {
    name: 'wrong credentials',
    connection: 'wrong-secret',
    operation: 'org.limits',
    parameters: {},
    expected: {
      code: 'invalid_client',
      message: /Salesforce refused the login.*invalid client credentials/i,
      description: /Check the consumer secret of the connected app/,
    },
  },
  {
    name: 'an unreachable host',
    connection: 'unreachable',
    operation: 'org.limits',
    parameters: {},
    expected: {
      code: 'ERR_SF_TRANSPORT',
      message: /Could not reach Salesforce at 127\.0\.0\.1:\d+: nothing listens there \(ECONNREFUSED\)/,
      description: /Check the address of the connection, the network and the proxy/,
    },
  },
  {
    name: 'a CSV without the external ID column',
    connection: 'good',
    operation: 'bulk.ingest',
    parameters: { ...upsert, source: 'csv' },
    csv: 'Name,BillingCity\nNowhere Air,Oslo\n',
    expected: {
      code: 'ERR_SF_CONFIG',
      message: /External_Id__c.*Name, BillingCity/,
      description: /Nothing was sent to Salesforce/,
    },
  },
  {
    name: 'an unknown field',
    connection: 'good',
    operation: 'bulk.ingest',
    parameters: { ...upsert, source: 'csv' },
    csv: 'External_Id__c,Name,Colour__c\nBAD-1,Nowhere Air,red\n',
    expected: {
      code: 'InvalidBatch',
      message: /Field name not found : Colour__c/,
      description: /Rename or remove the column Colour__c, or create that field in Salesforce/,
    },
  },
  {
    name: 'a row that lacks a required field',
    connection: 'good',
    operation: 'bulk.ingest',
    parameters: { ...upsert, source: 'csv' },
    csv: 'External_Id__c,Name\nGOOD-1,Somewhere Air\nBAD-2,\n',
    expected: {
      loaded: 1,
      failures: [{ errorCode: 'REQUIRED_FIELD_MISSING', message: /Required fields are missing: \[Name\]/ }],
    },
  },
  {
    name: 'a row with a malformed quote',
    connection: 'good',
    operation: 'bulk.ingest',
    parameters: { ...upsert, source: 'csv' },
    csv: 'External_Id__c,Name\nGOOD-2,Somewhere Air\nBAD-3,"No"where Air\nGOOD-3,"Elsewhere, Air"\n',
    expected: {
      loaded: 2,
      failures: [{ errorCode: 'MALFORMED_CSV', message: /Line 3: text follows the closing quote/ }],
    },
  },
  {
    name: 'a SOQL query on an unknown field',
    connection: 'good',
    operation: 'query.soql',
    parameters: { soql: 'SELECT Id, Colour__c FROM Account' },
    expected: {
      code: 'INVALID_FIELD',
      message: /No such column 'Colour__c'/,
      description: /Check the API name of the field/,
    },
  },
]
