import type { RecordInput } from '../records/field-input.ts'
import { type DemoAccount, type DemoOrg, times } from './demo-org.ts'

const CASES = 400
const TASKS = 500
const EVENTS = 150

/** What is done for customers: cases of contacts, tasks and appointments about opportunities and leads. */
export function addService(org: DemoOrg): void {
  times(CASES, () => org.add('Case', caseOf(org, org.invent.pick(org.accounts))))
  times(TASKS, (index) => {
    const lead = index % 5 === 0
    org.add('Task', { ...task(org), ...(lead ? { WhoId: org.invent.pick(org.leads) } : about(org)) })
  })
  times(EVENTS, () => org.add('Event', { ...appointment(org), ...about(org) }))
}

/** Most cases are closed; open ones from the web wait in their queue. */
function caseOf({ invent, agents, queues }: DemoOrg, { id, contacts }: DemoAccount): RecordInput {
  const closed = invent.chance(0.6)
  const Origin = invent.oneOf('Case', 'Origin')
  const queue = !closed && Origin === 'Web' ? queues.get('Support') : undefined
  return {
    ContactId: invent.pick(contacts),
    AccountId: id,
    Subject: invent.faker.hacker.phrase().slice(0, 255),
    Type: invent.oneOf('Case', 'Type'),
    Status: invent.oneOf('Case', 'Status', (status) => (status === 'Closed') === closed),
    Priority: invent.oneOf('Case', 'Priority'),
    Origin,
    Reason: invent.oneOf('Case', 'Reason'),
    OwnerId: queue ?? invent.pick(agents),
  }
}

/** Tasks of the past are done, those to come are not. */
function task({ invent }: DemoOrg): RecordInput {
  const done = invent.chance(0.6)
  return {
    Subject: invent.pick(['Call', 'Email', 'Send quote', 'Send letter']),
    Status: invent.oneOf('Task', 'Status', (status) => (status === 'Completed') === done),
    Priority: invent.oneOf('Task', 'Priority'),
    ActivityDate: done ? invent.past(365) : invent.future(120),
  }
}

/** An appointment in working hours. */
function appointment({ invent }: DemoOrg): RecordInput {
  const day = invent.chance(0.5) ? invent.past(180) : invent.future(120)
  return {
    Subject: invent.pick(['Meeting', 'Demo', 'Visit', 'Review']),
    Location: invent.faker.location.city(),
    StartDateTime: `${day}T${String(invent.number(8, 16)).padStart(2, '0')}:00:00.000Z`,
    DurationInMinutes: invent.pick([30, 60, 90]),
  }
}

/** What an activity is about: a contact, and an opportunity of the same account or the account itself. */
function about({ invent, accounts }: DemoOrg): RecordInput {
  const { id, ownerId, contacts, opportunities } = invent.pick(accounts)
  return {
    WhoId: invent.pick(contacts),
    WhatId: opportunities.length > 0 ? invent.pick(opportunities) : id,
    OwnerId: ownerId,
  }
}
