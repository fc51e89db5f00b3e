import type { FastifyReply } from 'fastify'
import type { Org } from '../org/org.ts'
import { toRestRecord } from '../records/rest-record.ts'
import { settledByConditions, type Validators } from './conditions.ts'
import { describe, describeBriefly } from './describe.ts'
import { invalidLimit } from './errors.ts'
import type { SObjectCall } from './handlers.ts'
import type { SObjectModel } from './model.ts'
import { nameFieldOf, type RecentItem, type RecentItems } from './recent-items.ts'
import { type DeletedRecords, Replication, type UpdatedRecords } from './replication.ts'

/** Items that basic information shows at most; /recent shows 200 unless asked for fewer. */
const FEW = 10
const MOST_RECENT = 200

/** Wire shapes of the roads to objects: describes, changes, recent records. */
export class ObjectHandlers {
  readonly #org: Org
  readonly #model: SObjectModel
  readonly #recent: RecentItems
  readonly #replication: Replication

  constructor(org: Org, model: SObjectModel, recent: RecentItems) {
    this.#org = org
    this.#model = model
    this.#recent = recent
    this.#replication = new Replication(org)
  }

  /** GET /sobjects; 304 when no object has changed since. */
  describeGlobal(call: SObjectCall, reply: FastifyReply): object | undefined {
    if (settledByConditions(schemaValidators(this.#org), call, reply)) return undefined
    const sobjects = this.#org.schema.objects.map((object) => describeBriefly(object, call.params.version))
    return { encoding: 'UTF-8', maxBatchSize: 200, sobjects }
  }

  /** GET /sobjects/{object} */
  basicInformation(call: SObjectCall): object {
    const object = this.#model.object(call.params.object)
    const { version } = call.params
    const recentItems = this.#recent.ofObject(object, FEW).map((item) => recentRecord(item, version))
    return { objectDescribe: describeBriefly(object, version), recentItems }
  }

  /** GET /sobjects/{object}/describe; 304 when the schema has not changed since. */
  describe(call: SObjectCall, reply: FastifyReply): object | undefined {
    const object = this.#model.object(call.params.object)
    if (settledByConditions(schemaValidators(this.#org), call, reply)) return undefined
    return describe(this.#org.schema, object, call.params.version)
  }

  /** GET /sobjects/{object}/updated?start=&end= */
  updated(call: SObjectCall): UpdatedRecords {
    return this.#replication.updated(this.#model.object(call.params.object), call.query)
  }

  /** GET /sobjects/{object}/deleted?start=&end= */
  deleted(call: SObjectCall): DeletedRecords {
    return this.#replication.deleted(this.#model.object(call.params.object), call.query)
  }

  /** GET /recent?limit= */
  recent(call: SObjectCall): object[] {
    const limit = call.query.limit === undefined ? MOST_RECENT : wholeNumber(call.query.limit)
    return this.#recent.ofAll(Math.min(limit, MOST_RECENT)).map((item) => recentRecord(item, call.params.version))
  }
}

/** Every describe of an org has one ETag of eight hexadecimal digits (recorded: `cci-composite-083`, `cci-composite-091`). */
export function schemaValidators({ startedAt }: Org): Validators {
  return { modified: startedAt, etag: `"${(startedAt % 2 ** 32).toString(16).padStart(8, '0')}"` }
}

function recentRecord({ object, row }: RecentItem, version: string): object {
  const name = nameFieldOf(object)
  return toRestRecord(object, row, version, name ? [name] : [])
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw invalidLimit(text)
  return Number(text)
}
