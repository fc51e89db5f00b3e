import { checkedChoice, checkedFlag, checkedOptions, checkedWholeNumber } from '../check.ts'

/** How to read the results of query jobs. */
export interface QueryReadOptions {
  /** Records of one result page. Default: Salesforce decides, and pages are fetched in parallel. */
  readonly maxRecords?: number | undefined
  /**
   * `typed` (default): numbers and booleans of the object's own fields, as its describe names them; everything else is
   * text, all fields of parents (`Owner.IsActive`) among it. `text`: every value is the text that stands in the CSV, and
   * the object is not described. An empty field is `null` in both, and an Id keeps its leading zeros.
   */
  readonly values?: 'typed' | 'text' | undefined
  /**
   * Aborts the jobs that still run at Salesforce when the loop is left early or ended by the signal, and those of other
   * ranges when that of one has failed; a call that fails aborts none. Default: false, they are left alone, and
   * `bulk.resumeQuery` goes on with the one job of a query without `idRanges`.
   */
  readonly abortOnReturn?: boolean | undefined
}

/** How to run a bulk query. */
export interface BulkQueryOptions extends QueryReadOptions {
  /** Also deleted and archived records (`queryAll`). */
  readonly includeDeleted?: boolean | undefined
  /**
   * Splits the query into ranges of Ids, each a job of its own, for queries that take longer than Salesforce gives them:
   * a number of ranges to begin with (1 to 1,000), or true for 4. A range that takes too long is halved. The results
   * follow each other in the order of the Ids. Another process can go on with it once `jobs()` has told the
   * Ids of all of them; before that, run it again.
   */
  readonly idRanges?: boolean | number | undefined
}

/** What is left to know once the options are checked. */
export interface SettledReadOptions {
  readonly maxRecords: number | undefined
  readonly typed: boolean
  readonly abortOnReturn: boolean
}

/** The same of a query that is yet to run. */
export interface SettledQueryOptions extends SettledReadOptions {
  readonly includeDeleted: boolean
  /** How many ranges to begin with. */
  readonly ranges: number | undefined
}

/** What `idRanges: true` begins with. */
const FEW_RANGES = 4
const MOST_RANGES = 1_000

const readOptions: readonly (keyof QueryReadOptions)[] = ['maxRecords', 'values', 'abortOnReturn']
/** The names of the options of a bulk query. */
export const queryOptions: readonly (keyof BulkQueryOptions)[] = ['includeDeleted', ...readOptions, 'idRanges']

/** @throws ConfigurationError that names the option. */
export function settleReadOptions(name: string, options: QueryReadOptions | undefined): SettledReadOptions {
  return settled(checkedOptions(name, options, readOptions))
}

/** @throws ConfigurationError that names the option. */
export function settleQueryOptions(given: BulkQueryOptions): SettledQueryOptions {
  const { includeDeleted = false, idRanges = false } = given
  checkedFlag('includeDeleted', includeDeleted)
  return { ...settled(given), includeDeleted, ranges: rangesOf(idRanges) }
}

function settled({ maxRecords, values = 'typed', abortOnReturn = false }: QueryReadOptions): SettledReadOptions {
  if (maxRecords !== undefined) checkedWholeNumber('maxRecords', maxRecords, 1)
  checkedChoice('values', values, ['typed', 'text'])
  checkedFlag('abortOnReturn', abortOnReturn)
  return { maxRecords, typed: values === 'typed', abortOnReturn }
}

function rangesOf(idRanges: boolean | number): number | undefined {
  if (typeof idRanges === 'number') return checkedWholeNumber('idRanges', idRanges, 1, MOST_RANGES)
  return checkedFlag('idRanges', idRanges) ? FEW_RANGES : undefined
}
