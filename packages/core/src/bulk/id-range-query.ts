import { ConfigurationError } from '../errors/configuration-error.ts'
import { SalesforceError } from '../errors/salesforce-error.ts'
import { withAdvice } from '../errors/with-advice.ts'
import { Gate } from '../http/concurrency.ts'
import type { CallOptions } from '../http/connection.ts'
import { query } from '../query/query.ts'
import { type SoqlKeyword, soqlClauses, withCondition } from '../query/soql-clauses.ts'
import { type FindId, halvesOf, type IdRange, idRanges, idWithin, rangeCondition } from './id-ranges.ts'
import type { QueryJob } from './job.ts'
import { failedLoop, QueryRun, type QuerySetting } from './query-run.ts'
import { named } from './way-on.ts'

/** Ranges whose jobs run at the same time. */
const JOBS_AT_ONCE = 5

/** How Salesforce says that a query takes too long ("How Bulk Queries Are Processed"). */
const timeout = /QUERY_TIMEOUT|REQUEST_RUNNING_TOO_LONG|running (?:for )?too long|retried more than|time limit/i

/** What would apply to each range on its own. */
const inseparable: readonly SoqlKeyword[] = ['GROUP BY', 'HAVING', 'LIMIT', 'OFFSET']

/** How to go on after an error, whichever ranges have a job. */
export const loopAgain = 'Loop over the same BulkQuery again, or run the query again.'

/** What a query in ranges is made of. */
export interface RangedQuery {
  readonly includeDeleted: boolean
  /** How many ranges to begin with. */
  readonly count: number
  /** Answers the query without a range. */
  readonly soql: () => Promise<string>
  /** Creates the job of one range. */
  readonly create: (soql: string, call: CallOptions) => Promise<QueryJob>
}

/** A range and its job, or its two halves. */
interface RangeJob {
  readonly range: IdRange
  readonly run: QueryRun
  halves?: Promise<readonly RangeJob[]> | undefined
}

/** What became of a range: a job that has come to its end, or what becomes of its halves. */
type Outcome = QueryJob | readonly Promise<Outcome>[]

/**
 * Checks that a query can be run in ranges of Ids, one after the other.
 *
 * @throws ConfigurationError that names the clause that is in the way.
 */
export function checkSplittable(soql: string): void {
  const clauses = soqlClauses(soql)
  const other = inseparable.find((keyword) => clauses.has(keyword))
  const leaveOut = (what: string): string => `Leave ${what} out, or the option idRanges.`
  if (other !== undefined) {
    throw new ConfigurationError(
      `idRanges cannot split a query with ${other}, which would apply to each range on its own. ${leaveOut(other)}`,
    )
  }
  const order = clauses.get('ORDER BY')?.text ?? 'Id'
  if (!/^Id(?:\s+ASC)?(?:\s+NULLS\s+(?:FIRST|LAST))?$/i.test(order)) {
    throw new ConfigurationError(
      `idRanges gives records in the order of their Ids, so the query can be sorted by nothing else. ${leaveOut('ORDER BY')}`,
    )
  }
  if (!/^\w+(?:\s+(?:AS\s+)?\w+)?$/i.test(clauses.get('FROM')?.text ?? '')) {
    throw new ConfigurationError('idRanges needs a query of one object, such as SELECT Id FROM Account.')
  }
}

/** Whether a job has failed because its query takes longer than Salesforce gives it. */
export function tookTooLong({ state, errorMessage = '' }: QueryJob): boolean {
  return state === 'Failed' && timeout.test(errorMessage)
}

/** Runs a query as one job for each range of Ids. The jobs are created once, whoever reads their results. */
export class IdRangeQuery {
  readonly #setting: QuerySetting
  readonly #query: RangedQuery
  /** Ids of the jobs so far. */
  readonly #ids: string[] = []
  #ranges: Promise<readonly RangeJob[]> | undefined

  constructor(setting: QuerySetting, ranged: RangedQuery) {
    this.#setting = setting
    this.#query = ranged
  }

  /**
   * The jobs of all ranges in their order, each once it has come to its end; a range that took too long is halved.
   *
   * @param failed - Whether the loop that leaves early has failed, so that another one may go on.
   */
  async *ended(signal: AbortSignal, failed: () => boolean): AsyncGenerator<QueryJob, void, undefined> {
    const left = new AbortController()
    const either = AbortSignal.any([signal, left.signal])
    const loop = { signal: either, gate: new Gate(JOBS_AT_ONCE), begun: [] as Promise<Outcome>[] }
    try {
      for (const outcome of (await this.#planned()).map((range) => this.#begin(range, loop))) yield* jobsOf(outcome)
    } catch (error) {
      left.abort(failedLoop)
      // Jobs that are just being created are to be named as well.
      await Promise.allSettled(loop.begun)
      throw this.#withJobs(error)
    } finally {
      left.abort(failed() ? failedLoop : undefined)
      if (this.#setting.abortOnReturn) await Promise.allSettled(loop.begun)
    }
  }

  /** Says in an error that names no job, such as the refusal of one, which ones there are. */
  #withJobs(error: unknown): unknown {
    const ids = this.#ids
    if (!(error instanceof SalesforceError) || ids.length === 0) return error
    if (ids.some((id) => error.message.includes(id))) return error
    return withAdvice(error, `The query has ${named(ids)} at Salesforce. ${loopAgain}`)
  }

  #begin(range: RangeJob, loop: Loop): Promise<Outcome> {
    const outcome = this.#outcome(range, loop)
    // A failure is met when the turn of the range comes; until then it must not count as unhandled.
    outcome.catch(() => {})
    loop.begun.push(outcome)
    return outcome
  }

  async #outcome(range: RangeJob, loop: Loop): Promise<Outcome> {
    if (range.halves === undefined) {
      const job = await this.#end(range.run, loop)
      if (!tookTooLong(job)) return job
    }
    loop.signal.throwIfAborted()
    const halves = await this.#halved(range)
    return halves.length < 2 ? range.run.job() : halves.map((half) => this.#begin(half, loop))
  }

  async #end(run: QueryRun, { gate, signal }: Loop): Promise<QueryJob> {
    signal.throwIfAborted()
    if (!gate.tryEnter()) await gate.enter(signal)
    try {
      return await run.end(signal)
    } finally {
      gate.leave()
    }
  }

  #planned(): Promise<readonly RangeJob[]> {
    this.#ranges ??= this.#plan().catch((error: unknown) => {
      this.#ranges = undefined
      throw error
    })
    return this.#ranges
  }

  async #plan(): Promise<readonly RangeJob[]> {
    const ranges = await idRanges(this.#query.count, await this.#finder())
    this.#setting.progress.expected = ranges.length
    return this.#jobsOf(ranges)
  }

  #halved(range: RangeJob): Promise<readonly RangeJob[]> {
    range.halves ??= this.#halve(range.range).catch((error: unknown) => {
      range.halves = undefined
      throw error
    })
    return range.halves
  }

  async #halve(range: IdRange): Promise<readonly RangeJob[]> {
    const halves = await halvesOf(range, await this.#finder())
    this.#setting.progress.expected += halves.length - 1
    return this.#jobsOf(halves)
  }

  async #jobsOf(ranges: readonly IdRange[]): Promise<readonly RangeJob[]> {
    const soql = await this.#query.soql()
    return ranges.map((range) => {
      const condition = rangeCondition(range)
      const own = condition === undefined ? soql : withCondition(soql, condition)
      return { range, run: new QueryRun(this.#setting, (call) => this.#create(own, call)) }
    })
  }

  async #create(soql: string, call: CallOptions): Promise<QueryJob> {
    const job = await this.#query.create(soql, call)
    this.#ids.push(job.id)
    return job
  }

  /** Two small queries over the object's Ids, which are indexed; the conditions of the query do not matter for them. */
  async #finder(): Promise<FindId> {
    const { road, call } = this.#setting
    const { includeDeleted } = this.#query
    const object = soqlClauses(await this.#query.soql())
      .get('FROM')
      ?.text.split(/\s/, 1)[0]
    return async (end, bounds) => {
      const all = `SELECT Id FROM ${object}`
      const condition = rangeCondition(bounds)
      const within = condition === undefined ? all : withCondition(all, condition)
      const soql = `${within} ORDER BY Id${end === 'last' ? ' DESC' : ''} LIMIT 1`
      const record = await query<{ Id?: unknown }>(road.connection, soql, { includeDeleted }, call).first()
      return record === undefined ? undefined : idWithin(bounds, record.Id)
    }
  }
}

/** What one loop over the ranges shares. */
interface Loop {
  readonly signal: AbortSignal
  readonly gate: Gate
  readonly begun: Promise<Outcome>[]
}

async function* jobsOf(promised: Promise<Outcome>): AsyncGenerator<QueryJob, void, undefined> {
  const outcome = await promised
  if ('id' in outcome) yield outcome
  else for (const half of outcome) yield* jobsOf(half)
}
