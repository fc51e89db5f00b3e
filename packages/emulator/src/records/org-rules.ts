import { DuplicateError, ValidationError } from '../errors.ts'
import type { ObjectSchema, StoredRow, StoredValue } from '../schema/types.ts'
import type { ObjectTable } from './object-table.ts'

/** What a call says about the rules of the org. */
export interface RuleChoices {
  /** True to save a record although a duplicate rule raises an alert ("Duplicate Rule Header"). */
  readonly allowSave: boolean
  /** True to let the active assignment rule choose the owner ("Assignment Rule Header"). */
  readonly assign: boolean
}

/** What a write follows that no call says anything about: Bulk jobs, seeds, the platform itself. */
export const NO_CHOICES: RuleChoices = { allowSave: false, assign: false }

/** Refuses a row for every validation rule that it breaks, all of them at once (recorded: `jsforce-400-two-validation-errors`). */
export function checkValidationRules(
  { validationRules = [] }: ObjectSchema,
  row: Readonly<StoredRow>,
  previous: Readonly<StoredRow> | undefined,
): void {
  const broken = validationRules.filter((rule) => rule.refuses(row, previous))
  if (broken.length > 0) throw new ValidationError(broken)
}

/**
 * Refuses a row like another record, when it is new or was made so just now.
 *
 * Source: REST API Developer Guide, "Duplicate Rule Header"; the errors of public clients.
 */
export function checkDuplicates(
  table: ObjectTable,
  row: Readonly<StoredRow>,
  previous: Readonly<StoredRow> | undefined,
  { allowSave }: RuleChoices,
): void {
  const rule = table.schema.duplicateRule
  if (rule === undefined || (allowSave && rule.action === 'alert')) return
  if (previous && rule.fields.every((name) => row[name] === previous[name])) return
  if (rule.fields.some((name) => (row[name] ?? null) === null)) return
  const [first] = rule.fields
  const matches = table
    .by(first, row[first] ?? null)
    .filter((other) => other.Id !== row.Id && rule.fields.every((name) => same(other[name], row[name])))
  if (matches.length > 0) {
    const ids = matches.map((other) => String(other.Id))
    throw new DuplicateError(rule, table.schema.name, ids)
  }
}

/** The owner that the active assignment rule gives a row, undefined where it has no say. */
export function assignedOwner(
  { assignmentRule }: ObjectSchema,
  row: Readonly<StoredRow>,
  queues: () => ObjectTable,
): StoredValue | undefined {
  if (!assignmentRule?.takes(row)) return undefined
  return queues().by('DeveloperName', assignmentRule.queue)[0]?.Id
}

function same(one: StoredValue | undefined, other: StoredValue | undefined): boolean {
  return String(one ?? '').toLowerCase() === String(other ?? '').toLowerCase()
}
