import { account } from './objects/account.ts'
import { caseObject } from './objects/case.ts'
import { contact } from './objects/contact.ts'
import { contentDocument } from './objects/content-document.ts'
import { contentDocumentLink } from './objects/content-document-link.ts'
import { contentVersion } from './objects/content-version.ts'
import { group } from './objects/group.ts'
import { lead } from './objects/lead.ts'
import { opportunity } from './objects/opportunity.ts'
import { orderEvent } from './objects/order-event.ts'
import {
  processDefinition,
  processInstance,
  processInstanceStep,
  processInstanceWorkitem,
} from './objects/process-instance.ts'
import { report } from './objects/report.ts'
import { task } from './objects/task.ts'
import { user } from './objects/user.ts'
import { OrgSchema } from './org-schema.ts'

/** The objects of the demo org, in alphabetical order as describe lists them. */
export function demoSchema(): OrgSchema {
  return new OrgSchema([
    account,
    caseObject,
    contact,
    contentDocument,
    contentDocumentLink,
    contentVersion,
    group,
    lead,
    opportunity,
    orderEvent,
    processDefinition,
    processInstance,
    processInstanceStep,
    processInstanceWorkitem,
    report,
    task,
    user,
  ])
}
