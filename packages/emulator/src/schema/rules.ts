import type { StoredRow } from './types.ts'

/** A rule of the org that refuses records; a small function in the place of Salesforce's formula. */
export interface ValidationRule {
  /** What the user is told. */
  readonly message: string
  /** The field that the message stands at; at the top of the page when absent. */
  readonly field?: string
  /** True for a row that must not be saved. */
  readonly refuses: (row: Readonly<StoredRow>, previous: Readonly<StoredRow> | undefined) => boolean
}

/** A duplicate rule of the org with its matching rule: records are alike when all the fields are, in any case. */
export interface DuplicateRule {
  /** Name of the duplicate rule. */
  readonly name: string
  /** Name of the matching rule. */
  readonly matchingRule: string
  /** Fields that have to be filled in and equal; the first one is looked up, so it should have an index. */
  readonly fields: readonly [string, ...string[]]
  /** `alert` may be overruled by `Sforce-Duplicate-Rule-Header: allowSave=true`, `block` not. */
  readonly action: 'alert' | 'block'
  /** What the user is told. */
  readonly message: string
}

/** The active assignment rule of an object: gives some records to a queue. */
export interface AssignmentRule {
  /** DeveloperName of the queue. An org without it assigns nothing. */
  readonly queue: string
  /** True for a row that goes to the queue. */
  readonly takes: (row: Readonly<StoredRow>) => boolean
}
