/** A report in the list of those that the user viewed last. */
export interface ReportSummary {
  /** Id of the report. */
  readonly id: string
  /** Name to show to people. */
  readonly name: string
  /** Path to run it. */
  readonly url: string
  /** Path of its describe. */
  readonly describeUrl: string
  /** Path of its runs in the background. */
  readonly instancesUrl: string
}

/** A filter of a report: a column that its describe names, an operator such as `equals`, and a value as text. */
export interface ReportFilter {
  /** API name of the column. */
  readonly column: string
  /** `equals`, `greaterThan`, `contains`, ... */
  readonly operator: string
  /** What it is compared with, as text. */
  readonly value: string
}

/** How a report is defined; keys that are not listed here are there too. */
export interface ReportMetadata {
  /** Id of the report. */
  readonly id: string
  /** Name to show to people. */
  readonly name: string
  /** How it arranges rows. */
  readonly reportFormat: 'TABULAR' | 'SUMMARY' | 'MATRIX' | 'MULTI_BLOCK'
  /** Names of the columns of the detail rows, in order. */
  readonly detailColumns: readonly string[]
  /** Columns by which rows are grouped, outermost first. */
  readonly groupingsDown: readonly { readonly name: string; readonly [key: string]: unknown }[]
  /** Columns by which columns are grouped, outermost first. */
  readonly groupingsAcross: readonly { readonly name: string; readonly [key: string]: unknown }[]
  /** Which rows it shows. */
  readonly reportFilters: readonly ReportFilter[]
  readonly [key: string]: unknown
}

/** What `describe` says about a report; keys that are not listed here are there too. */
export interface ReportDescribe {
  /** How it is defined. */
  readonly reportMetadata: ReportMetadata
  /** Columns and filters that reports of its type can have. */
  readonly reportTypeMetadata: Readonly<Record<string, unknown>>
  /** Labels and types of its columns, groupings and totals. */
  readonly reportExtendedMetadata: Readonly<Record<string, unknown>>
  readonly [key: string]: unknown
}

/** One value, as a person reads it and as a program does. */
export interface ReportCell {
  /** As people read it. */
  readonly label: string
  /** As programs read it. */
  readonly value: unknown
}

/** A value by which rows are grouped, and the groups inside it. */
export interface ReportGrouping {
  /** `0_1`: the second group inside the first one; half of a key of the fact map. */
  readonly key: string
  /** As people read it. */
  readonly label: string
  /** As programs read it. */
  readonly value: unknown
  /** The groups inside this one. */
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
  /** Whether rows came with the totals. */
  readonly hasDetailRows: boolean
  /** How the report was defined when it ran. */
  readonly reportMetadata: ReportMetadata
  /** Labels and types of its columns, groupings and totals. */
  readonly reportExtendedMetadata: Readonly<Record<string, unknown>>
  /** Totals and rows by `down!across`, `T` being the total: `T!T`, `0_1!T`, `0!2`. */
  readonly factMap: Readonly<Record<string, ReportFacts>>
  /** Groups of rows. */
  readonly groupingsDown: { readonly groupings: readonly ReportGrouping[] }
  /** Groups of columns. */
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
   * @throws ConfigurationError when the run was without details, or is not finished, or is of a joined report;
   * ProtocolError when its fact map has parts missing.
   */
  rows(): Record<string, ReportCell>[]
}

/** A run that Salesforce carries out in the background and keeps for 24 hours. */
export interface ReportInstance {
  /** Id of the run. */
  readonly id: string
  /** How far it has come. */
  readonly status: 'New' | 'Running' | 'Success' | 'Error'
  /** Path of its results; `null` while there are none. */
  readonly url: string | null
  /** Id of the user who started it. */
  readonly ownerId: string
  /** Whether rows come with the totals. */
  readonly hasDetailRows: boolean
  /** When it was started. */
  readonly requestDate: string
  /** When it ended; `null` before. */
  readonly completionDate: string | null
}
