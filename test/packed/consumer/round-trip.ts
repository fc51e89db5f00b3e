import { clientCredentials, Salesforce, soql } from '@forcewire/core'
import { findOperation, settleParameters } from '@forcewire/operations'

/**
 * What a user's first program does: log in, load some rows, read them back, by the client and by an operation. Compiled against the packed types, run as
 * JavaScript against the packed code. Prints one line of JSON.
 */
const {
  FORCEWIRE_URL: loginUrl = '',
  FORCEWIRE_CLIENT_ID: clientId = '',
  FORCEWIRE_CLIENT_SECRET: clientSecret = '',
} = process.env

interface Account {
  Id: string
  Name: string
}

await using salesforce = new Salesforce({ auth: clientCredentials({ clientId, clientSecret, loginUrl }) })

const rows = [
  { Name: 'Packed "one", Ltd', External_Id__c: 'packed-1' },
  { Name: 'Packed two', External_Id__c: 'packed-2' },
  { External_Id__c: 'packed-3' },
]
const load = salesforce.bulk.ingest({ object: 'Account', operation: 'upsert', externalIdField: 'External_Id__c' }, rows)
const summary = await load.run()
const failed: string[] = []
for await (const row of load.failed()) failed.push(String(row.sf__Error))

const names: string[] = []
const query = soql`SELECT Id, Name FROM Account WHERE Name LIKE ${'Packed %'} ORDER BY Name`
for await (const account of salesforce.query<Account>(query)) names.push(account.Name)

const operation = findOperation('query.soql')
const parameters = settleParameters(operation, { soql: query, limit: '1' })
const byOperation: unknown[] = []
for await (const row of operation.run({ salesforce }, parameters, [])) byOperation.push(row.Name)

console.log(JSON.stringify({ processed: summary.processed, failedRows: summary.failed, failed, names, byOperation }))
