import { checkbox, field, lookup, picklist, readOnly, text, textArea } from '../fields.ts'
import { auditFields, identityFields, ownerField } from '../system-fields.ts'
import type { ObjectSchema } from '../types.ts'

/** Task after the Object Reference ("Task"). */
export const task: ObjectSchema = {
  name: 'Task',
  label: 'Task',
  labelPlural: 'Tasks',
  keyPrefix: '00T',
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  searchable: true,
  derive: (row, previous, now) => {
    const closed = row.Status === 'Completed'
    return {
      IsClosed: Number(closed),
      CompletedDateTime: closed ? (previous?.CompletedDateTime ?? now) : null,
      IsHighPriority: Number(row.Priority === 'High'),
    }
  },
  fields: [
    ...identityFields('Activity'),
    lookup('WhoId', 'Name ID', ['Contact', 'Lead'], 'Who', { children: 'Tasks' }),
    lookup('WhatId', 'Related To ID', ['Account', 'Campaign', 'Case', 'Opportunity', 'Product2'], 'What', {
      children: 'Tasks',
      cascadeDelete: true,
    }),
    text('Subject', 'Subject', 255, { nameField: true }),
    field('ActivityDate', 'Due Date Only', 'date'),
    picklist('Status', 'Status', ['Not Started*', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'], {
      nillable: false,
    }),
    picklist('Priority', 'Priority', ['High', 'Normal*', 'Low'], { nillable: false }),
    textArea('Description', 'Description', 32_000),
    checkbox('IsClosed', 'Closed', { createable: false, updateable: false }),
    checkbox('IsHighPriority', 'High Priority', { createable: false, updateable: false }),
    readOnly('AccountId', 'Account ID', 'reference', {
      length: 18,
      referenceTo: ['Account'],
      relationshipName: 'Account',
    }),
    field('CallDurationInSeconds', 'Call Duration', 'int', { digits: 8 }),
    picklist('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound'], { length: 40 }),
    text('CallDisposition', 'Call Result', 255),
    text('CallObject', 'Call Object Identifier', 255),
    field('ReminderDateTime', 'Reminder Date/Time', 'datetime'),
    checkbox('IsReminderSet', 'Reminder Set'),
    checkbox('IsRecurrence', 'Create Recurring Series of Tasks', { updateable: false }),
    checkbox('IsArchived', 'Archived', { createable: false, updateable: false }),
    picklist('TaskSubtype', 'Task Subtype', ['Task*', 'Email', 'ListEmail', 'Cadence', 'Call'], {
      length: 40,
      updateable: false,
      restrictedPicklist: true,
    }),
    readOnly('CompletedDateTime', 'Completed Date', 'datetime'),
    ownerField(),
    ...auditFields(),
  ],
}
