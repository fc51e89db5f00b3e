import type { DuplicateRule } from './schema/rules.ts'

/** One entry of a Salesforce REST error array; `fields` is left out where Salesforce leaves it out. */
export interface ErrorEntry {
  readonly errorCode: string
  readonly message: string
  readonly fields?: readonly string[]
  /** What a duplicate rule found; Salesforce spells it so. */
  readonly duplicateResut?: object
}

/**
 * An answer other than success on any REST road: the HTTP status and the array that is the body.
 * Services throw it; the server's error handler writes it (REST API Developer Guide, "Status Codes and Error Responses").
 */
export class WireError extends Error {
  override readonly name: string = 'WireError'
  readonly status: number
  readonly entries: readonly ErrorEntry[]

  constructor(status: number, ...entries: readonly ErrorEntry[]) {
    super(entries.map((entry) => `${entry.errorCode}: ${entry.message}`).join('; '))
    this.status = status
    this.entries = entries
  }
}

/** 405 for a method that a resource, an object or a class does not allow (words of real orgs: simple-salesforce, issue 157). */
export function methodNotAllowed(method: string, allowed: readonly string[]): WireError {
  return new WireError(405, {
    errorCode: 'METHOD_NOT_ALLOWED',
    message: `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`,
  })
}

/**
 * A record that Salesforce would refuse: the rule it broke, knowing nothing of HTTP.
 * REST turns it into an error array, Bulk into `sf__Error`, each in its own spelling.
 */
export class RecordError extends Error {
  override readonly name: string = 'RecordError'
  readonly errorCode: string
  /** API names of the fields at fault; undefined where Salesforce sends no `fields` key. */
  readonly fields: readonly string[] | undefined

  constructor(errorCode: string, message: string, fields?: readonly string[]) {
    super(message)
    this.errorCode = errorCode
    this.fields = fields
  }

  /** The error as an entry of a REST error array. */
  get entry(): ErrorEntry {
    return { errorCode: this.errorCode, message: this.message, ...(this.fields && { fields: this.fields }) }
  }

  /** All that is wrong with the record, one entry each. */
  get entries(): readonly ErrorEntry[] {
    return [this.entry]
  }
}

/** A record that breaks validation rules of the org; the first one speaks where only one error can be told. */
export class ValidationError extends RecordError {
  override readonly name: string = 'ValidationError'
  readonly #entries: readonly ErrorEntry[]

  constructor(rules: readonly { readonly message: string; readonly field?: string }[]) {
    const entries = rules.map(({ message, field }) => ({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message,
      fields: field === undefined ? [] : [field],
    }))
    super('FIELD_CUSTOM_VALIDATION_EXCEPTION', entries[0]?.message ?? '', entries[0]?.fields)
    this.#entries = entries
  }

  override get entries(): readonly ErrorEntry[] {
    return this.#entries
  }
}

/** A record that a duplicate rule takes for one that is there. */
export class DuplicateError extends RecordError {
  override readonly name: string = 'DuplicateError'
  readonly rule: DuplicateRule
  readonly object: string
  /** 18-character Ids of the records that match. */
  readonly ids: readonly string[]

  constructor(rule: DuplicateRule, object: string, ids: readonly string[]) {
    super('DUPLICATES_DETECTED', rule.message)
    this.rule = rule
    this.object = object
    this.ids = ids
  }
}
