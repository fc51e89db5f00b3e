import { RecordError } from '../errors.ts'
import type { Org } from '../org/org.ts'
import { isIdShaped, toId18 } from '../records/record-id.ts'
import { OBJECT_TRAITS } from '../schema/object-traits.ts'
import type { ObjectSchema } from '../schema/types.ts'
import { unsupportedOperation } from './errors.ts'
import { type Saved, type SaveResult, saveEach } from './save-result.ts'

/**
 * Brings records back from the recycle bin, of any objects, each with what went along with it (SOAP API Developer Guide,
 * "undelete()").
 */
export function undeleteEach({ records, schema }: Org, ids: readonly string[], allOrNone: boolean): SaveResult[] {
  const write = (id: string): Saved => {
    const object = isIdShaped(id) ? schema.objectOfId(id) : undefined
    if (!object) throw badId(id)
    if (!isUndeletable(object)) throw unsupportedOperation(object.name, 'undelete')
    records.undelete(object.name, id)
    return { id: toId18(id), created: false }
  }
  return saveEach(records, ids, write, { allOrNone })
}

/** Whether describe calls the object undeletable. */
function isUndeletable({ name, deletable, described }: ObjectSchema): boolean {
  return Boolean(described?.undeletable ?? OBJECT_TRAITS[name]?.undeletable ?? deletable)
}

/** An Id that is none, in the words of SOAP (recorded: `soap-delete-response-failure`). */
function badId(id: string): RecordError {
  return new RecordError('MALFORMED_ID', `bad id ${id}`, [])
}
