import { account } from './objects/account.ts'
import { caseObject } from './objects/case.ts'
import { contact } from './objects/contact.ts'
import { lead } from './objects/lead.ts'
import { opportunity } from './objects/opportunity.ts'
import { task } from './objects/task.ts'
import { user } from './objects/user.ts'
import { OrgSchema } from './org-schema.ts'

/** The objects of the demo org, in alphabetical order as describe lists them. */
export function demoSchema(): OrgSchema {
  return new OrgSchema([account, caseObject, contact, lead, opportunity, task, user])
}
