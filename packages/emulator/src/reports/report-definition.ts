/** A saved report of the emulated org: tabular, or a summary by one column. */
export interface ReportDefinition {
  /** Unique name. */
  readonly name: string
  /** Report name; the unique name when absent. */
  readonly label?: string
  readonly description?: string
  /** Folder the report is shown in; `Public Reports` when absent. */
  readonly folder?: string
  /** Object that the report is about. */
  readonly object: string
  /** Detail columns as paths from the object: `Name`, `Owner.Name`. */
  readonly columns: readonly string[]
  /** SOQL condition that every row meets. */
  readonly where?: string
  /** The column that rows are grouped by, which makes it a summary report. */
  readonly groupBy?: string
  /** Columns of numbers to be summed up beside the record count. */
  readonly sums?: readonly string[]
}

/** The reports that every emulated org has. */
export const DEMO_REPORTS: readonly ReportDefinition[] = [
  {
    name: 'All_Accounts',
    label: 'All Accounts',
    description: 'Accounts with industry and revenue.',
    object: 'Account',
    columns: ['Name', 'Industry', 'AnnualRevenue', 'Owner.Name'],
  },
  {
    name: 'Opportunities_by_Stage',
    label: 'Opportunities by Stage',
    description: 'Open and closed opportunities, summed up by stage.',
    object: 'Opportunity',
    columns: ['Name', 'Account.Name', 'Amount', 'CloseDate'],
    groupBy: 'StageName',
    sums: ['Amount'],
  },
]
