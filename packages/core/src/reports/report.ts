/** A report in the list of those that the user viewed last. */
export interface ReportSummary {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly describeUrl: string
  readonly instancesUrl: string
}

/** A filter of a report: a column that its describe names, an operator such as `equals`, and a value as text. */
export interface ReportFilter {
  readonly column: string
  readonly operator: string
  readonly value: string
}

/** How a report is defined; keys that are not listed here are there too. */
export interface ReportMetadata {
  readonly id: string
  readonly name: string
  readonly reportFormat: 'TABULAR' | 'SUMMARY' | 'MATRIX' | 'MULTI_BLOCK'
  /** Names of the columns of the detail rows, in order. */
  readonly detailColumns: readonly string[]
  readonly groupingsDown: readonly { readonly name: string; readonly [key: string]: unknown }[]
  readonly groupingsAcross: readonly { readonly name: string; readonly [key: string]: unknown }[]
  readonly reportFilters: readonly ReportFilter[]
  readonly [key: string]: unknown
}

/** What `describe` says about a report; keys that are not listed here are there too. */
export interface ReportDescribe {
  readonly reportMetadata: ReportMetadata
  readonly reportTypeMetadata: Readonly<Record<string, unknown>>
  readonly reportExtendedMetadata: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

/** One value, as a person reads it and as a program does. */
export interface ReportCell {
  readonly label: string
  readonly value: unknown
}

/** A value by which rows are grouped, and the groups inside it. */
export interface ReportGrouping {
  /** `0_1`: the second group inside the first one; half of a key of the fact map. */
  readonly key: string
  readonly label: string
  readonly value: unknown
  readonly groupings: readonly ReportGrouping[]
}

/** One entry of the fact map. */
export interface ReportFacts {
  /** In the order of `reportMetadata.aggregates`. */
  readonly aggregates: readonly ReportCell[]
  /** Detail rows, their cells in the order of `reportMetadata.detailColumns`; absent without details. */
  readonly rows?: readonly { readonly dataCells: readonly ReportCell[] }[]
}

/** What a report run answers (Reports and Dashboards REST API, "Execute Sync"); keys that are not listed are there too. */
export interface ReportAnswer {
  /** False: there are more rows than the 2,000 that the API answers. */
  readonly allData: boolean
  readonly hasDetailRows: boolean
  readonly reportMetadata: ReportMetadata
  readonly reportExtendedMetadata: Readonly<Record<string, unknown>>
  /** Totals and rows by `down!across`, `T` being the total: `T!T`, `0_1!T`, `0!2`. */
  readonly factMap: Readonly<Record<string, ReportFacts>>
  readonly groupingsDown: { readonly groupings: readonly ReportGrouping[] }
  readonly groupingsAcross: { readonly groupings: readonly ReportGrouping[] }
  /** Of an asynchronous run: its Id, its status and its times. */
  readonly attributes: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

/** The answer to a report run, and its detail rows made flat. */
export interface ReportResults extends ReportAnswer {
  /**
   * The detail rows of a tabular, summary or matrix report, group after group. Each is an object by column name; the
   * values that the row is grouped by are columns of it as well.
   *
   * @throws ConfigurationError when the run was without details, or is not finished, or is of a joined report.
   */
  rows(): Record<string, ReportCell>[]
}

/** A run that Salesforce carries out in the background and keeps for 24 hours. */
export interface ReportInstance {
  readonly id: string
  readonly status: 'New' | 'Running' | 'Success' | 'Error'
  readonly url: string | null
  readonly ownerId: string
  readonly hasDetailRows: boolean
  readonly requestDate: string
  readonly completionDate: string | null
}
