import type { JobBoard, JobView } from '../bulk/job-board.ts'
import { undeleteEach } from '../collections/undelete.ts'
import { RecordError } from '../errors.ts'
import { type PublishedEvent, publishedEvents } from '../events/model.ts'
import type { FaultList } from '../faults/fault.ts'
import { readFault } from '../faults/read-fault.ts'
import type { AppSettings, Credentials } from '../org/connected-app.ts'
import type { Org } from '../org/org.ts'
import { isPace, type Pace } from '../org/pace.ts'
import type { UserAccount } from '../org/user-accounts.ts'
import { userProblem } from '../org/user-problem.ts'
import { seedRecords } from '../seed/records.ts'
import type { LoggedRequest, RequestLog } from '../server/request-log.ts'
import { badControlRequest } from './errors.ts'

/** What the control plane steers. */
export interface ControlParts {
  readonly org: Org
  readonly faults: FaultList
  readonly log: RequestLog
  /** The bulk jobs there are. */
  readonly board: JobBoard
  /** Every road of Salesforce's that is covered, as `GET /services/data`. */
  readonly covered: readonly string[]
}

/** What is said of good records beside a bad one: not what is to be mended. */
const ROLLED_BACK = 'ALL_OR_NONE_OPERATION_ROLLED_BACK'

/** Roads of the control plane and what they do, as GET /_emulator/ lists them. */
export const CONTROL_ROADS: Readonly<Record<string, string>> = {
  'GET /_emulator/': 'this list, and the roads of Salesforce that are covered',
  'GET /_emulator/requests': 'the requests received, oldest first, without secrets',
  'GET /_emulator/events': 'the platform events published, oldest first',
  'GET /_emulator/jobs': 'the bulk jobs, newest first; looking on is no status read',
  'GET /_emulator/faults': 'the faults that are still armed',
  'GET /_emulator/pace': 'how fast background jobs go',
  'GET /_emulator/credentials': 'what clients log in with; not under a foreign name',
  'POST /_emulator/reset': 'records, jobs, sessions, faults, log and pace as right after the start',
  'POST /_emulator/seed': '{"Account": [{...}], ...} creates records as REST would, all or none',
  'POST /_emulator/undelete': '{"ids": [...]} brings records back from the recycle bin, all or none',
  'POST /_emulator/faults': 'arms one fault or an array of them; {"clear": true} disarms all',
  'POST /_emulator/pace': '{"pace": "at-once" | {"reads": n} | {"milliseconds": n}} for background jobs',
  'POST /_emulator/users': '{"username", "password", "securityToken"?, ...} adds a user that can log in',
  'POST /_emulator/app': '{"redirectUris"?: [...], "rotateRefreshTokens"?: true} changes the connected app',
  'POST /_emulator/certificates': '{"certificate": PEM} lets the owner of the key sign JWT bearer assertions',
}

/** The rules of the control plane. */
export class ControlModel {
  readonly #parts: ControlParts

  constructor(parts: ControlParts) {
    this.#parts = parts
  }

  /** Everything as right after the start. */
  reset(): void {
    const { org, faults, log } = this.#parts
    org.reset()
    faults.reset()
    log.clear()
  }

  requests(): LoggedRequest[] {
    return this.#parts.log.list()
  }

  events(): PublishedEvent[] {
    return publishedEvents(this.#parts.org.records)
  }

  jobs(): JobView[] {
    return this.#parts.board.list()
  }

  credentials(): Credentials {
    return this.#parts.org.app.credentials
  }

  /** The roads of Salesforce that are covered, in the order of their paths, with `vNN.0` for the version. */
  covered(): string[] {
    const roads = this.#parts.covered.map((road) =>
      road.replace('/v:version', '/vNN.0').replace(/:(\w+)(?:\([^)]*\))?/g, '{$1}'),
    )
    return roads.sort((a, b) => pathOf(a).localeCompare(pathOf(b), 'en') || a.localeCompare(b, 'en'))
  }

  /** The faults that are still armed, with patterns as text. */
  armed(): object[] {
    const asJson = (times: number): number | 'always' => (times === Number.POSITIVE_INFINITY ? 'always' : times)
    return this.#parts.faults.list().map(({ fault, skipping, left }) => ({
      ...fault,
      path: String(fault.path),
      ...(fault.times !== undefined && { times: asJson(fault.times) }),
      skipping,
      left: asJson(left),
    }))
  }

  /** Arms faults given as JSON, all or none. Gives how many were armed. */
  faults(body: unknown): number {
    if (isRecord(body) && body.clear === true) {
      this.#parts.faults.clear()
      return 0
    }
    const list = answeringTypeErrors(() => (Array.isArray(body) ? body : [body]).map(readFault))
    for (const fault of list) this.#parts.faults.add(fault)
    return list.length
  }

  /** Creates records as REST would, all or none; gives their Ids. */
  seed(body: unknown): string[] {
    const { object, records, ...others } = isRecord(body) ? body : {}
    if (typeof object === 'string' && Object.keys(others).length === 0) {
      return seedRecords(this.#parts.org, { [object]: records })
    }
    if (!isRecord(body) || Object.keys(body).length === 0) {
      throw badControlRequest(
        'seed needs {"Account": [{...}, ...], ...} or {"object": "Account", "records": [{...}, ...]}',
      )
    }
    return seedRecords(this.#parts.org, body)
  }

  /** Brings records back from the recycle bin, all or none; gives their Ids. */
  undelete(body: unknown): string[] {
    const { ids } = isRecord(body) ? body : {}
    if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
      throw badControlRequest('undelete needs {"ids": an array of Ids}')
    }
    return undeleteEach(this.#parts.org, ids, true).map(({ id, errors }, index) => {
      const error = errors.find(({ statusCode }) => statusCode !== ROLLED_BACK)
      if (error) throw new RecordError(error.statusCode, `ids[${index}]: ${error.message}`)
      return String(id)
    })
  }

  pace(value: unknown): Pace {
    if (!isPace(value)) throw badControlRequest('pace must be "at-once", {"reads": n} or {"milliseconds": n}')
    this.#parts.org.pace = value
    return value
  }

  /** Adds a user that can log in; gives the Id of the User record. */
  user(body: unknown): string {
    const problem = userProblem(body)
    if (problem) throw badControlRequest(problem)
    return this.#parts.org.accounts.add(body as UserAccount)
  }

  /** Changes the connected app and gives its settings as they are then. */
  app(body: unknown): Required<AppSettings> {
    const { app } = this.#parts.org
    const { redirectUris, rotateRefreshTokens, ...others } = isRecord(body) ? body : { body }
    const urls = redirectUris === undefined || (Array.isArray(redirectUris) && redirectUris.every(isUrl))
    const flag = rotateRefreshTokens === undefined || typeof rotateRefreshTokens === 'boolean'
    if (!urls || !flag || Object.keys(others).length > 0) {
      throw badControlRequest('app takes {"redirectUris": an array of URLs, "rotateRefreshTokens": true or false}')
    }
    app.set({
      ...(redirectUris !== undefined && { redirectUris }),
      ...(flag && rotateRefreshTokens !== undefined && { rotateRefreshTokens }),
    })
    return { redirectUris: app.redirectUris, rotateRefreshTokens: app.rotatesRefreshTokens }
  }

  certificate(pem: unknown): void {
    try {
      this.#parts.org.app.register(String(pem))
    } catch {
      throw badControlRequest('certificate must be an X.509 certificate or a public key in PEM form')
    }
  }
}

/** A TypeError is about what was sent: its sentence is the answer. */
function answeringTypeErrors<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TypeError) throw badControlRequest(error.message)
    throw error
  }
}

function pathOf(road: string): string {
  return road.slice(road.indexOf(' '))
}

function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
