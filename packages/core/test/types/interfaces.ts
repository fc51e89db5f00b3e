/**
 * Values of the caller's own interfaces, where the client knows nothing of the object: an interface has no index
 * signature. Compiled by schema.test.ts, never called.
 */
import type { Salesforce } from '@forcewire/core'

interface Customer {
  Name: string
  Phone?: string | null
  FoundedAt__c?: Date
}

interface Saved extends Customer {
  Id: string
}

export async function given(
  salesforce: Salesforce,
  customer: Customer,
  saved: Saved,
  stream: AsyncIterable<Customer>,
): Promise<void> {
  const customers = salesforce.sobject('Account')
  await customers.create(customer)
  await customers.update(saved.Id, customer)
  await customers.upsert({ Key__c: 1 }, customer)

  const many = salesforce.collections('Account')
  await many.create([customer])
  await many.create(stream)
  await many.update([saved])
  await many.upsert('Key__c', [customer])
  // @ts-expect-error a record without its Id
  await many.update([customer])
  // @ts-expect-error no record
  await many.create(['Acme'])

  await salesforce.tree('Account').create([customer])
  salesforce.composite().sobject('Account').create(customer)
  salesforce.composite().collections('Account').create([customer])
  salesforce.batch().sobject('Account').update(saved.Id, customer)
  salesforce.graph().add().sobject('Account').create(customer)

  const load = { object: 'Account', operation: 'insert' } as const
  salesforce.bulk.ingest(load, [customer])
  salesforce.bulk.ingest(load, stream)
  // @ts-expect-error neither rows nor CSV
  salesforce.bulk.ingest(load, [1, 2])

  await salesforce.platformEvents.publish('Founded__e', [customer])
  await salesforce.actions.invoke('apex/Greeter', [customer])
  await salesforce.apex.post('customers', customer)
  await salesforce.files.upload({ pathOnClient: 'a.txt', data: 'a', fields: customer })
  await salesforce.files.insertBlob({ object: 'Attachment', field: 'Body', data: 'a', fields: customer })
}
