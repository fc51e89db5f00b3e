/**
 * What composite, batch, graph and tree accept, refuse and answer, with a schema and without one. Compiled by
 * schema.test.ts, never called.
 */
import type { ObjectType, QueryRecords, Salesforce, SaveResult, SubrequestResult } from '@forcewire/core'

interface Org {
  Account: ObjectType & {
    record: { Id: string; Name: string; CreatedDate: string }
    create: { Name: string; Site?: string | null }
    update: { Name?: string; Site?: string | null }
    externalIds: 'External_Id__c'
    children: { Contacts: 'Contact' }
  }
  Contact: ObjectType & {
    record: { Id: string; LastName: string; AccountId: string | null }
    create: { LastName: string; AccountId?: string | null }
    update: { LastName?: string; AccountId?: string | null }
    externalIds: never
  }
}

const id = '001000000000001AAA'

export async function generated(salesforce: Salesforce<Org>): Promise<unknown> {
  const composite = salesforce.composite({ allOrNone: true })
  const accounts = composite.sobject('Account')
  const account = accounts.create({ Name: 'Acme' })
  const contact = composite.sobject('Contact').create({ LastName: 'Doe', AccountId: account.ref('id') })
  const read = accounts.get(account.ref('id'), { fields: ['Name'] })
  const query = composite.query<{ Id: string }>('SELECT Id FROM Account')
  accounts.update({ External_Id__c: query.ref('records', 0, 'Key__c') }, { Name: query.ref('records', 0, 'Name') })
  accounts.upsert({ External_Id__c: 'A-1' }, { Site: null })
  const many = composite.collections('Contact').create([{ LastName: 'Doe', AccountId: account.ref('id') }])
  composite.collections('Contact').update([{ Id: many.ref(0, 'id'), LastName: 'Roe' }])
  // @ts-expect-error Name is required
  accounts.create({ Site: 'north' })
  // @ts-expect-error no such field to write
  accounts.update(id, { Nmae: 'Acme' })
  // @ts-expect-error no such field to read
  accounts.get(id, { fields: ['Nmae'] })
  // @ts-expect-error not an external ID
  accounts.delete({ Name: 'Acme' })
  // @ts-expect-error no such object
  composite.sobject('Acount')
  // @ts-expect-error composite has no limits
  composite.limits()
  // @ts-expect-error a graph takes records only
  salesforce.graph().add().query('SELECT Id FROM Account')
  const results: SubrequestResult[] = await composite.send()
  const created: string = contact.value.id
  const name: string = read.value.Name
  // @ts-expect-error a field that was not asked for
  read.value.CreatedDate
  const records: QueryRecords<{ Id: string }> = query.value
  const saved: SaveResult[] = many.value
  if (!account.result.ok) throw account.result.error

  const batch = salesforce.batch()
  const limit = batch.limits()
  const whole = batch.sobject('Account').get(id)
  await batch.send()
  const remaining: number | undefined = limit.value.DailyApiRequests?.Remaining
  const date: string = whole.value.CreatedDate

  const [tree] = await salesforce.tree('Account').create([
    { Name: 'Acme', Contacts: [{ LastName: 'Doe' }] },
    { Name: 'Acme', Contacts: { records: [{ attributes: { type: 'Contact' }, LastName: 'Doe' }] } },
  ])
  const child: string | undefined = tree?.children.Contacts?.[0]?.id
  // @ts-expect-error LastName is required
  await salesforce.tree('Account').create([{ Name: 'Acme', Contacts: [{ AccountId: id }] }])
  // @ts-expect-error no such relationship
  await salesforce.tree('Account').create([{ Name: 'Acme', Contact: [{ LastName: 'Doe' }] }])
  return [results, created, name, records, saved, remaining, date, child]
}

export async function loose(salesforce: Salesforce): Promise<unknown> {
  const composite = salesforce.composite()
  const account = composite
    .sobject('Account')
    .create({ Name: 'Acme', CreatedDate: new Date(0), Logo__c: new Uint8Array() })
  const contact = composite
    .sobject('Contact')
    .create({ AccountId: account.ref('id'), Owner: { Key__c: account.ref('id') } })
  const read = composite.sobject('Contact').get({ Key__c: contact.ref('id') }, { fields: ['Name'] })
  composite.collections('Contact').update([{ Id: contact.ref('id') }])
  await composite.send()
  const [tree] = await salesforce.tree('Account').create([{ Name: 'Acme', Contacts: [{ LastName: 'Doe' }] }])
  // @ts-expect-error raise is true or false
  salesforce.graph({ raise: 'yes' })
  return [read.value.Name, tree?.id]
}
