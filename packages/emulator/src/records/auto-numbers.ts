import type { FieldSchema, ObjectSchema } from '../schema/types.ts'
import type { ObjectTable } from './object-table.ts'

/** Deals out the numbers of auto-number fields: `00000001`, `00000002`, ... per field. */
export class AutoNumbers {
  readonly #last: Map<FieldSchema, number> = new Map()

  /** Goes on after the highest number that a table holds. */
  continueAfter(table: ObjectTable): void {
    for (const field of autoNumberFields(table.schema)) this.#last.set(field, Number(table.highest(field.name) ?? 0))
  }

  /** The next number for every auto-number field of the object, by field name. */
  next(object: ObjectSchema): Record<string, string> {
    const numbers: Record<string, string> = {}
    for (const field of autoNumberFields(object)) {
      const number = (this.#last.get(field) ?? 0) + 1
      this.#last.set(field, number)
      numbers[field.name] = String(number).padStart(8, '0')
    }
    return numbers
  }

  /** Starts at one again. */
  reset(): void {
    this.#last.clear()
  }
}

function autoNumberFields(object: ObjectSchema): FieldSchema[] {
  return object.fields.filter((field) => field.autoNumber)
}
