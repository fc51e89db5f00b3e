import type { Salesforce } from '@forcewire/core'

interface Account {
  Id: string
  Name: string
  Amount: number | null
  CreatedDate: string
}

interface Org {
  Plain: Account
  Typed: {
    record: Account
    create: { Name: string; Amount?: number | null }
    update: { Name?: string }
    externalIds: 'Code__c' | 'Number__c'
  }
}

declare const typed: Salesforce<Org>
declare const loose: Salesforce

/** What the methods of `sobject` take and give; never run. */
export async function sobjects(): Promise<void> {
  const some = await typed.sobject('Typed').get('001000000000000AAA', { fields: ['Id', 'Name'] })
  some.Name satisfies string
  // @ts-expect-error The field was not asked for.
  some.Amount
  // @ts-expect-error There is no such field.
  await typed.sobject('Typed').get('001000000000000AAA', { fields: ['Nope'] })
  const whole = await typed.sobject('Plain').get({ Name: 'Acme' })
  whole.Amount satisfies number | null

  const changed = await typed.sobject('Typed').get({ Code__c: 'A-1' }, { ifModifiedSince: new Date() })
  // @ts-expect-error It is undefined when nothing has changed.
  changed.Name
  const tagged = await typed.sobject('Plain').get('001000000000000AAA', { ifNoneMatch: '"a"', fields: ['Name'] })
  tagged?.Name satisfies string | undefined
  const described = await typed.sobject('Plain').describe({ ifModifiedSince: new Date() })
  // @ts-expect-error So is a describe.
  described.fields
  const { fields } = await typed.sobject('Plain').describe()
  fields.length satisfies number

  await typed.sobject('Plain').update('001000000000000AAA', { CreatedDate: new Date(), Amount: null })
  // @ts-expect-error A number is no date.
  await typed.sobject('Plain').update('001000000000000AAA', { Amount: new Date() })
  // @ts-expect-error The name is required.
  await typed.sobject('Typed').create({ Amount: 1 })
  await typed.sobject('Typed').upsert({ Number__c: 1 }, { Amount: 1, Name: 'x' }, { validate: false, updateMru: true })
  // @ts-expect-error The name is no external ID.
  await typed.sobject('Typed').upsert({ Name: 'Acme' }, { Name: 'x' })

  const anything = await loose.sobject('Any__c').get('001000000000000AAA')
  anything.Whatever__c satisfies unknown
  for await (const { Id } of loose.sobject('Account').related<{ Id: string }>('001000000000000AAA', 'Contacts'))
    Id satisfies string
}
