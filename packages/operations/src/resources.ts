/** A group of operations: one entry of n8n's resource list, one node in Node-RED. */
export interface Resource {
  readonly name: string
  readonly label: string
  readonly description: string
}

/** The groups, in the order in which documentation shows them. Names are wire-stable. */
export const resources: readonly Resource[] = [
  { name: 'record', label: 'Record', description: 'One record at a time: create, read, change or delete it' },
  { name: 'query', label: 'Query', description: 'Read records with SOQL, any number of them' },
  { name: 'bulk', label: 'Bulk', description: 'Load or extract thousands to millions of records by Bulk API 2.0' },
  { name: 'org', label: 'Org', description: 'Facts on the Salesforce org itself, such as its API limits' },
  { name: 'request', label: 'Request', description: 'Call any REST resource of Salesforce' },
]
