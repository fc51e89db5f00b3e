/** An approval process of the emulated org (Salesforce Help, "Approvals"). */
export interface ApprovalProcess {
  /** Unique name of the process definition. */
  readonly name: string
  /** The name when absent. */
  readonly label?: string
  readonly description?: string
  /** Object whose records may be submitted. */
  readonly object: string
  /** SOQL condition that a record has to meet, for instance `Amount > 1000`; every record may enter when absent. */
  readonly entryCriteria?: string
  /** How many approvals it takes; 1 when absent. */
  readonly steps?: number
  /** True when the submitter has to choose the approver; when false, the default, the submitter is asked unless one is chosen. */
  readonly chosenApprover?: boolean
}

/** The approval processes that every emulated org has. */
export const DEMO_APPROVAL_PROCESSES: readonly ApprovalProcess[] = [
  {
    name: 'Opportunity_Discount',
    label: 'Opportunity Discount',
    description: 'Opportunities of 10,000 and more need one approval.',
    object: 'Opportunity',
    entryCriteria: 'Amount >= 10000',
  },
  {
    name: 'Account_Review',
    label: 'Account Review',
    description: 'Any account, two approvals, the first approver chosen by the submitter.',
    object: 'Account',
    steps: 2,
    chosenApprover: true,
  },
]
