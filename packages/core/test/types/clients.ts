/**
 * What the methods of a client with a schema accept, refuse and answer, for an ObjectType as the `types` command writes
 * it, for a plain record type, and without a schema. Compiled by schema.test.ts, never called.
 */
import type { ObjectType, Salesforce } from '@forcewire/core'

interface Account {
  Id: string
  Name: string
  Rating: 'Cold' | 'Hot' | null
}

interface Org {
  Account: ObjectType & {
    record: Account
    create: { Name: string; Rating?: 'Hot' | null }
    update: { Name?: string; Rating?: 'Hot' | null }
    externalIds: 'External_Id__c'
    children: { Contacts: 'Contact' }
  }
  Plain: Account
}

const id = '001000000000001AAA'

export async function generated(salesforce: Salesforce<Org>): Promise<unknown> {
  const accounts = salesforce.sobject('Account')
  const account: Account = await accounts.get(id)
  const part: { Name: string } = await accounts.get({ External_Id__c: 'A-1' }, { fields: ['Name'] })
  await accounts.create({ Name: 'Acme', Rating: 'Hot' })
  await accounts.update(id, { Rating: null })
  await accounts.upsert({ External_Id__c: 'A-1' }, { Name: 'Acme' })
  await accounts.delete({ External_Id__c: 'A-1' })
  // @ts-expect-error no such object
  salesforce.sobject('Acount')
  // @ts-expect-error no such field
  account.Nmae
  // @ts-expect-error a field that was not asked for
  ;(await accounts.get(id, { fields: ['Name'] })).Rating
  // @ts-expect-error no such field to read
  await accounts.get(id, { fields: ['Nmae'] })
  // @ts-expect-error not an external ID
  await accounts.get({ Name: 'Acme' })
  // @ts-expect-error Name is required
  await accounts.create({ Rating: 'Hot' })
  // @ts-expect-error no such field to write
  await accounts.update(id, { Nmae: 'Acme' })
  // @ts-expect-error an old value of a picklist
  await accounts.update(id, { Rating: 'Cold' })
  // @ts-expect-error not an external ID
  await accounts.upsert({ Name: 'Acme' }, { Rating: null })

  const many = salesforce.collections('Account')
  const found: (Pick<Account, 'Id' | 'Name'> | null)[] = await many.retrieve([id], ['Id', 'Name'])
  await many.create([{ Name: 'Acme' }])
  await many.update([{ Id: id, Rating: 'Hot' }])
  await many.upsert('External_Id__c', [{ Name: 'Acme' }])
  await many.upsert('Id', [{ Id: id, Rating: 'Hot' }])
  // @ts-expect-error Name is required
  await many.create([{ Rating: 'Hot' }])
  // @ts-expect-error a record without its Id
  await many.update([{ Rating: 'Hot' }])
  // @ts-expect-error not an external ID
  await many.upsert('Name', [{ Name: 'Acme' }])
  // @ts-expect-error no such field to read
  await many.retrieve([id], ['Nmae'])
  return [account, part, found]
}

export async function plain(salesforce: Salesforce<Org>): Promise<unknown> {
  const records = salesforce.sobject('Plain')
  const record: Account = await records.get(id)
  await records.create({ Name: 'Acme' })
  await records.update(id, { Rating: null })
  await records.get({ Name: 'Acme' })
  // @ts-expect-error no such field to write
  await records.create({ Nmae: 'Acme' })
  // @ts-expect-error no such field
  await records.get({ Nmae: 'Acme' })
  await salesforce.collections('Plain').create([{ Name: 'Acme' }])
  // @ts-expect-error no such field to write
  await salesforce.collections('Plain').create([{ Nmae: 'Acme' }])
  return record
}

/** A helper for any org takes a client that knows its objects. */
export function anyOrg(salesforce: Salesforce<Org>): Promise<unknown> {
  return loose(salesforce)
}

export async function loose(salesforce: Salesforce): Promise<unknown> {
  const records = salesforce.sobject('Anything__c')
  const record = await records.get(id, { fields: ['Anything__c'] })
  const value: unknown = record.Anything__c
  await records.create({ Anything__c: 1 })
  await records.upsert({ Code__c: 'A-1' }, { Anything__c: null })
  await salesforce.collections('Anything__c').upsert('Code__c', [{ Code__c: 'A-1' }])
  // @ts-expect-error a value of a record without a type must be looked at first
  const text: string = record.Anything__c
  return [value, text]
}
