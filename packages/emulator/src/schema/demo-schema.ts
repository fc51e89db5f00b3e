import { account } from './objects/account.ts'
import { attachment } from './objects/attachment.ts'
import { campaign } from './objects/campaign.ts'
import { campaignMember } from './objects/campaign-member.ts'
import { caseObject } from './objects/case.ts'
import { contact } from './objects/contact.ts'
import { contentDocument } from './objects/content-document.ts'
import { contentDocumentLink } from './objects/content-document-link.ts'
import { contentVersion } from './objects/content-version.ts'
import { document } from './objects/document.ts'
import { event } from './objects/event.ts'
import { group } from './objects/group.ts'
import { lead } from './objects/lead.ts'
import { listView } from './objects/list-view.ts'
import { opportunity } from './objects/opportunity.ts'
import { opportunityLineItem } from './objects/opportunity-line-item.ts'
import { order } from './objects/order.ts'
import { orderEvent } from './objects/order-event.ts'
import { orderItem } from './objects/order-item.ts'
import { organization } from './objects/organization.ts'
import { pricebookEntry } from './objects/pricebook-entry.ts'
import { pricebook2 } from './objects/pricebook2.ts'
import {
  processDefinition,
  processInstance,
  processInstanceStep,
  processInstanceWorkitem,
} from './objects/process-instance.ts'
import { product2 } from './objects/product2.ts'
import { profile } from './objects/profile.ts'
import { recordType } from './objects/record-type.ts'
import { report } from './objects/report.ts'
import { task } from './objects/task.ts'
import { user } from './objects/user.ts'
import { userRole } from './objects/user-role.ts'
import type { ObjectSchema } from './types.ts'

/** The objects of the demo org, in alphabetical order as describe lists them. */
export function demoObjects(): ObjectSchema[] {
  return [
    account,
    attachment,
    campaign,
    campaignMember,
    caseObject,
    contact,
    contentDocument,
    contentDocumentLink,
    contentVersion,
    document,
    event,
    group,
    lead,
    listView,
    opportunity,
    opportunityLineItem,
    order,
    orderEvent,
    orderItem,
    organization,
    pricebook2,
    pricebookEntry,
    processDefinition,
    processInstance,
    processInstanceStep,
    processInstanceWorkitem,
    product2,
    profile,
    recordType,
    report,
    task,
    user,
    userRole,
  ]
}
