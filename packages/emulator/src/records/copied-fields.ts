import type { StoredRow } from '../schema/types.ts'
import type { RecordStore } from './record-store.ts'

/** Fields of a case that tell of its contact, and where they come from. */
const OF_CONTACT = [
  ['ContactPhone', 'Phone'],
  ['ContactMobile', 'MobilePhone'],
  ['ContactEmail', 'Email'],
  ['ContactFax', 'Fax'],
] as const

/**
 * Fields that show what a related record holds: the account of an activity, the ways to reach the contact of a case (Object
 * Reference, "Task", "Event", "Case").
 */
export function addCopiedFields(records: RecordStore): void {
  for (const activity of ['Task', 'Event']) {
    records.addTrigger(activity, {
      before: (row) => {
        row.AccountId = accountOf(records, row.WhatId) ?? accountOf(records, row.WhoId) ?? null
      },
    })
  }
  records.addTrigger('Case', {
    before: (row) => {
      Object.assign(row, fromContact(row.ContactId ? records.get('Contact', String(row.ContactId)) : undefined))
    },
  })
  records.addTrigger('Contact', {
    after: (contact, previous) => {
      if (!previous || OF_CONTACT.every(([, from]) => contact[from] === previous[from])) return
      const cases = records.table('Case')
      for (const row of cases.by('ContactId', contact.Id ?? null))
        cases.change(row, { ...row, ...fromContact(contact) })
    },
  })
}

/** The account that a record is, or belongs to. */
function accountOf(records: RecordStore, id: StoredRow[string] | undefined): StoredRow[string] | undefined {
  const object = typeof id === 'string' ? records.schema.objectOfId(id) : undefined
  if (typeof id !== 'string' || !object) return undefined
  return object.name === 'Account' ? id : records.get(object.name, id)?.AccountId
}

function fromContact(contact: Readonly<StoredRow> | undefined): StoredRow {
  return Object.fromEntries(OF_CONTACT.map(([field, from]) => [field, contact?.[from] ?? null]))
}
