/** A page of query results as Salesforce sends it. Child sub-queries have the same shape inside a record. */
export interface QueryResult<T> {
  totalSize: number
  done: boolean
  nextRecordsUrl?: string
  records: T[]
}

/** Options of a query. */
export interface QueryOptions {
  /** Also deleted and archived records (`queryAll`). Default false. */
  readonly includeDeleted?: boolean | undefined
  /** Records per page that Salesforce should aim at, 200 to 2,000. Default: Salesforce's own (2,000). */
  readonly batchSize?: number | undefined
}

/** Options of a count. */
export type CountOptions = Pick<QueryOptions, 'includeDeleted'>

/** One plan that Salesforce's optimizer considered, cheapest first. */
export interface QueryPlan {
  /** Records that the leading operation is expected to return. */
  readonly cardinality: number
  /** Fields that the plan uses an index of. */
  readonly fields: readonly string[]
  /** `Index`, `Other`, `Sharing` or `TableScan`. */
  readonly leadingOperationType: string
  /** Why an index is not used, and for which fields. */
  readonly notes: readonly {
    readonly description: string
    readonly fields: readonly string[]
    readonly tableEnumOrId: string
  }[]
  /** Above 1 the query is not selective. */
  readonly relativeCost: number
  /** Records of the object, roughly. */
  readonly sobjectCardinality: number
  /** API name of the object. */
  readonly sobjectType: string
}
