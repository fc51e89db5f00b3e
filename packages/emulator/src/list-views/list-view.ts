/** One condition of a list view (SOAP API Developer Guide, "SoqlCondition"). */
export interface ListViewCondition {
  /** Field or path from the object: `Owner.Name`. */
  readonly field: string
  readonly operator: keyof typeof OPERATORS
  /** SOQL literals: `'Prospecting'` with its quotes, `THIS_WEEK`, `1000`. One, but for the operators that take a list. */
  readonly values: readonly string[]
}

/** The operators of conditions as SOQL writes them (SOAP API Developer Guide, "SoqlOperator"). */
export const OPERATORS = {
  equals: '=',
  notEquals: '!=',
  greaterThan: '>',
  greaterThanOrEqualTo: '>=',
  lessThan: '<',
  lessThanOrEqualTo: '<=',
  like: 'LIKE',
  in: 'IN',
  notIn: 'NOT IN',
  includes: 'INCLUDES',
  excludes: 'EXCLUDES',
} as const

/** A list view of the emulated org. */
export interface ListView {
  /** DeveloperName, unique among the list views of the object. */
  readonly name: string
  /** The name when absent. */
  readonly label?: string
  readonly object: string
  /** Columns that are shown, as paths from the object; rows are sorted by the first one. */
  readonly columns: readonly string[]
  /** Labels of columns that are shown by another one than their field's. */
  readonly labels?: Readonly<Record<string, string>>
  /** Conditions that every row meets; all rows when absent. */
  readonly where?: readonly ListViewCondition[]
  /** SOQL scope of the rows; `everything` when absent. */
  readonly scope?: 'everything' | 'mine' | 'team' | 'delegated'
}

const ACCOUNTS = {
  object: 'Account',
  columns: ['Name', 'Site', 'BillingState', 'Phone', 'Type', 'Owner.Alias'],
  labels: { Phone: 'Phone', Type: 'Type' },
} as const

/** The list views that every emulated org has, named as those of a new org. */
export const DEMO_LIST_VIEWS: readonly ListView[] = [
  { ...ACCOUNTS, name: 'AllAccounts', label: 'All Accounts' },
  { ...ACCOUNTS, name: 'MyAccounts', label: 'My Accounts', scope: 'mine' },
  {
    ...ACCOUNTS,
    name: 'NewThisWeek',
    label: 'New This Week',
    where: [{ field: 'CreatedDate', operator: 'equals', values: ['THIS_WEEK'] }],
  },
  {
    name: 'AllContacts',
    label: 'All Contacts',
    object: 'Contact',
    columns: ['Name', 'Account.Name', 'Title', 'Phone', 'Email', 'Owner.Alias'],
  },
  {
    name: 'AllOpportunities',
    label: 'All Opportunities',
    object: 'Opportunity',
    columns: ['Name', 'Account.Name', 'Amount', 'CloseDate', 'StageName', 'Owner.Alias'],
  },
]
