/** What a quick action does with the record that it is about. `SendEmail` and `Post` are listed and described only. */
export type QuickActionType = 'Create' | 'LogACall' | 'Update' | 'SendEmail' | 'Post'

/** A quick action of the emulated org (REST API Developer Guide, "Quick Actions" and "sObject Quick Actions"). */
export interface QuickAction {
  readonly name: string
  /** The name when absent. */
  readonly label?: string
  readonly type: QuickActionType
  /** Object on whose records it stands; global when absent. */
  readonly object?: string
  /** Object of the record that it makes; the one on which it stands when absent. */
  readonly targetObject?: string
  /** Reference of the new record that is given the record on which the action was used; found by its object when absent. */
  readonly targetParentField?: string
  /** Fields of its layout, in their order; none when absent. */
  readonly fields?: readonly string[]
  /** Values that its fields begin with; those of a new record when absent. */
  readonly defaults?: Readonly<Record<string, string | number | boolean>>
}

function creates(object: string, fields: readonly string[]): QuickAction {
  return { name: `New${object}`, label: `New ${object}`, type: 'Create', targetObject: object, fields }
}

function post(name: string, label: string): QuickAction {
  return { name: `FeedItem.${name}`, label, type: 'Post' }
}

/** The quick actions that every emulated org has, those of a new one (recorded: `nango-quickactions-list`). */
export const DEMO_QUICK_ACTIONS: readonly QuickAction[] = [
  {
    name: 'LogACall',
    label: 'Log a Call',
    type: 'LogACall',
    targetObject: 'Task',
    fields: ['Subject', 'Description', 'WhoId', 'WhatId', 'Status'],
    defaults: { Subject: 'Call', Status: 'Completed' },
  },
  creates('Account', ['Name', 'Phone', 'OwnerId']),
  creates('Case', ['ContactId', 'Status', 'Subject', 'Description', 'OwnerId']),
  creates('Contact', ['FirstName', 'LastName', 'Email', 'Phone', 'AccountId', 'OwnerId']),
  creates('Event', ['Subject', 'StartDateTime', 'EndDateTime', 'WhoId', 'WhatId', 'OwnerId']),
  { ...creates('Group', []), targetObject: 'CollaborationGroup' },
  creates('Lead', ['FirstName', 'LastName', 'Company', 'Email', 'Phone', 'Status', 'OwnerId']),
  creates('Note', []),
  creates('Opportunity', ['Name', 'AccountId', 'CloseDate', 'StageName', 'Amount', 'OwnerId']),
  creates('Task', ['Subject', 'ActivityDate', 'WhoId', 'WhatId', 'OwnerId', 'Status']),
  { name: 'SendEmail', label: 'Email', type: 'SendEmail', targetObject: 'EmailMessage' },
  post('TextPost', 'Post'),
  post('ContentPost', 'File'),
  post('MobileSmartActions', 'Mobile Smart Actions'),
  post('LinkPost', 'Link'),
  post('PollPost', 'Poll'),
  post('QuestionPost', 'Question'),
]
