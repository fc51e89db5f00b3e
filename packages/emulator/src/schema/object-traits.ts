/** What a list of objects says of one beside what decides behaviour. */
export interface ObjectTraits {
  readonly deepCloneable?: boolean
  readonly feedEnabled?: boolean
  readonly layoutable?: boolean
  readonly mergeable?: boolean
  readonly mruEnabled?: boolean
  readonly replicateable?: boolean
  readonly triggerable?: boolean
  readonly undeletable?: boolean
}

const MERGED: ObjectTraits = { mergeable: true }
const WITHOUT_FEED: ObjectTraits = { feedEnabled: false }
const WITHOUT_PAGE: ObjectTraits = { feedEnabled: false, layoutable: false, triggerable: false }
const INSIDE: ObjectTraits = { ...WITHOUT_PAGE, replicateable: false }

/** The objects that differ from the usual one (recorded: `cci-describe-global`; where it lacks one, `sss-describe-global`). */
export const OBJECT_TRAITS: Readonly<Record<string, ObjectTraits>> = {
  Account: MERGED,
  Attachment: { feedEnabled: false, layoutable: false },
  Campaign: { ...WITHOUT_FEED, deepCloneable: true },
  CampaignMember: { ...WITHOUT_FEED, mruEnabled: false, undeletable: false },
  Contact: MERGED,
  ContentDocument: { layoutable: false, replicateable: false, triggerable: false },
  ContentDocumentLink: { ...INSIDE, undeletable: false },
  ContentVersion: { feedEnabled: false, replicateable: false },
  Document: WITHOUT_PAGE,
  Event: MERGED,
  Group: { ...WITHOUT_PAGE, undeletable: false },
  Lead: MERGED,
  Opportunity: { deepCloneable: true },
  OpportunityLineItem: { ...WITHOUT_FEED, undeletable: false },
  Order: { deepCloneable: true },
  OrderItem: { undeletable: false },
  Organization: { ...WITHOUT_PAGE, mruEnabled: false },
  Pricebook2: WITHOUT_PAGE,
  PricebookEntry: { ...WITHOUT_PAGE, undeletable: false },
  ProcessInstance: INSIDE,
  ProcessInstanceStep: INSIDE,
  ProcessInstanceWorkitem: INSIDE,
  Product2: WITHOUT_FEED,
  Profile: { ...WITHOUT_PAGE, mruEnabled: false, undeletable: false },
  RecordType: WITHOUT_PAGE,
  Report: INSIDE,
  UserRole: { ...WITHOUT_PAGE, mruEnabled: false, undeletable: false },
}
