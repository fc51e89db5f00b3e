import { checkbox, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField } from '../system-fields.ts'
import type { ObjectSchema, StoredRow } from '../types.ts'

const MINUTE = 60_000

/** Event after the Object Reference ("Event"): an appointment with a beginning and a duration or an end. */
export const event: ObjectSchema = {
  name: 'Event',
  label: 'Event',
  labelPlural: 'Events',
  keyPrefix: '00U',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: deriveTimes,
  fields: [
    ...identityFields('Activity'),
    lookup('WhoId', 'Name ID', ['Contact', 'Lead'], 'Who', { children: 'Events' }),
    lookup('WhatId', 'Related To ID', ['Account', 'Campaign', 'Case', 'Opportunity', 'Product2'], 'What', {
      children: 'Events',
      cascadeDelete: true,
    }),
    text('Subject', 'Subject', 255, { nameField: true }),
    text('Location', 'Location', 255),
    checkbox('IsAllDayEvent', 'All-Day Event'),
    field('ActivityDateTime', 'Due Date Time', 'datetime'),
    field('ActivityDate', 'Due Date Only', 'date'),
    field('DurationInMinutes', 'Duration', 'int', { digits: 8 }),
    field('StartDateTime', 'Start Date Time', 'datetime'),
    field('EndDateTime', 'End Date Time', 'datetime'),
    textArea('Description', 'Description', 32_000),
    ownerField(),
    checkbox('IsPrivate', 'Private'),
    picklist('ShowAs', 'Show Time As', ['Busy*', 'OutOfOffice', 'Free'], { length: 40, restrictedPicklist: true }),
    checkbox('IsChild', 'Is Child', { createable: false, updateable: false }),
    checkbox('IsGroupEvent', 'Is Group Event', { createable: false, updateable: false }),
    checkbox('IsArchived', 'Archived', { createable: false, updateable: false }),
    checkbox('IsRecurrence', 'Create Recurring Series of Events', { updateable: false }),
    picklist('EventSubtype', 'Event Subtype', ['Event*'], { length: 40, updateable: false, restrictedPicklist: true }),
    checkbox('IsReminderSet', 'Reminder Set'),
    field('ReminderDateTime', 'Reminder Date/Time', 'datetime'),
    ...auditFields(),
    readOnly('AccountId', 'Account ID', 'reference', {
      length: 18,
      referenceTo: ['Account'],
      relationshipName: 'Account',
    }),
  ],
}

/** The beginning stands in two fields, and of duration and end whichever was not given follows from the other. */
function deriveTimes(row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined): StoredRow {
  const start =
    changed('StartDateTime', row, previous) ?? changed('ActivityDateTime', row, previous) ?? row.StartDateTime
  if (!start) return {}
  const begin = Date.parse(String(start))
  const end = changed('EndDateTime', row, previous)
  const minutes = end ? (Date.parse(String(end)) - begin) / MINUTE : Number(row.DurationInMinutes ?? 0)
  return {
    StartDateTime: start,
    ActivityDateTime: start,
    ActivityDate: String(start).slice(0, 10),
    EndDateTime: new Date(begin + minutes * MINUTE).toISOString(),
    DurationInMinutes: minutes,
  }
}

function changed(name: string, row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined) {
  const value = row[name] ?? null
  return value === (previous?.[name] ?? null) ? undefined : value
}
