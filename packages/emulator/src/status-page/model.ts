import type { JobBoard, JobView } from '../bulk/job-board.ts'
import type { ArmedFault, FaultList } from '../faults/fault.ts'
import type { Org } from '../org/org.ts'
import type { Pace } from '../org/pace.ts'
import { type QueryPage, QueryService } from '../query/model.ts'
import type { LoggedRequest, RequestLog } from '../server/request-log.ts'
import { SoqlError } from '../soql/error.ts'

/** What the status page looks at. */
export interface StatusParts {
  readonly org: Org
  readonly faults: FaultList
  readonly log: RequestLog
  readonly board: JobBoard
}

/** An object with records. */
export interface ObjectCount {
  readonly name: string
  readonly label: string
  readonly count: number
}

/** The state of an emulator at one moment. */
export interface Status {
  readonly orgName: string
  readonly requests: readonly LoggedRequest[]
  readonly totalRequests: number
  readonly usage: { readonly used: number; readonly limit: number }
  readonly jobs: readonly JobView[]
  readonly objects: readonly ObjectCount[]
  readonly faults: readonly ArmedFault[]
  readonly pace: Pace
}

/** What became of a query: records, or why there are none. */
export type QueryOutcome = { readonly page: QueryPage } | { readonly errorCode: string; readonly message: string }

const REQUESTS = 100
const JOBS = 50
/** Rows of a result that are shown. */
const ROWS = 200
/** Of the time that passes, counting records may take one part in so many. */
const COUNTING_SHARE = 20

/** What the status page shows. Knows no HTTP and no HTML. */
export class StatusModel {
  readonly #parts: StatusParts
  readonly #queries: QueryService
  #counted: { readonly changes: number; readonly notBefore: number; readonly objects: ObjectCount[] } | undefined

  constructor(parts: StatusParts) {
    this.#parts = parts
    this.#queries = new QueryService(parts.org)
  }

  status(): Status {
    const { org, faults, log, board } = this.#parts
    return {
      orgName: org.name,
      requests: log.newest(REQUESTS),
      totalRequests: log.total,
      usage: { used: org.usage.used, limit: org.usage.limit },
      jobs: board.list().slice(0, JOBS),
      objects: this.#objects(),
      faults: faults.list(),
      pace: org.pace,
    }
  }

  /** The first rows of a query, which runs as the org's first user and counts as no call. */
  query(soql: string): QueryOutcome {
    try {
      return { page: this.#queries.query({ soql, includeDeleted: false, batchSize: ROWS, version: '67.0' }) }
    } catch (error) {
      const { message } = error as Error
      return { errorCode: error instanceof SoqlError ? error.errorCode : 'UNKNOWN_EXCEPTION', message: message.trim() }
    }
  }

  /** Counting a million records takes a while: it is done after changes only, and not all the time. */
  #objects(): ObjectCount[] {
    const { records, schema, database } = this.#parts.org
    const changes = Number(database.prepare('SELECT total_changes() AS n').get()?.n)
    const begin = performance.now()
    if (this.#counted && (this.#counted.changes === changes || begin < this.#counted.notBefore)) {
      return this.#counted.objects
    }
    const objects = schema.objects
      .map(({ name, label }) => ({ name, label, count: records.count(name) }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => a.label.localeCompare(b.label, 'en'))
    const end = performance.now()
    this.#counted = { changes, notBefore: end + COUNTING_SHARE * (end - begin), objects }
    return objects
  }
}
