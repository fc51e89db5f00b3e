import { type Explanation, explain, type FailedRow, type Operation, type Row } from '@forcewire/operations'

type RowErrors = FailedRow['errors']

/** The structured part of an error, as a Catch node finds it in `msg.error.cause`. */
export interface FailureDetails {
  readonly errors: Explanation['errors']
  readonly retryable: boolean
  /** HTTP status where Salesforce answered. */
  readonly status?: number
  /** What to do next: also the second sentence of the message. */
  readonly description?: string
  /** Number of refused rows. */
  readonly failed?: number
}

/** An error for `done`; its `code` is Salesforce's own where there is one. */
export interface FlowError extends Error {
  readonly code: string
  readonly cause: FailureDetails
}

/**
 * An error in the form that Node-RED hands on whole: it copies `code` and `cause` into `msg.error`, takes
 * `String(error)` for `msg.error.message`, and drops every other property. There is no name, so that the message is
 * exactly our sentence, and no stack, since the sentence already says what to do.
 */
export function flowError(message: string, code: string, cause: FailureDetails): FlowError {
  const error = Object.assign(new Error(message), { code, cause, name: '' })
  delete error.stack
  return error
}

/** The error of a message that failed as a whole: its cause and the next step, in the words of the catalogue. */
export function nodeError(error: unknown): FlowError {
  const { message, description, code, status, errors, retryable } = explain(error)
  return flowError(`${message} ${description}`, code, {
    errors,
    retryable,
    description,
    ...(status === undefined ? {} : { status }),
  })
}

/** Keeps account of refused rows while a load as a whole goes through. */
export class RowFailures {
  #count = 0
  #rows: number | undefined
  #first: RowErrors[number] | undefined

  get count(): number {
    return this.#count
  }

  /** Number of rows of the load, where its summary says it. */
  get rows(): number | undefined {
    return this.#rows
  }

  /** Notes what a result row says about refused rows: it is one, or it is a summary with their counts. */
  note(row: Row): void {
    if (row.success === false) {
      this.#count++
      this.#first ??= (row as unknown as FailedRow).errors[0]
    } else if (typeof row.failed === 'number' && Array.isArray(row.failures)) {
      this.#count += row.failed + Number(row.unprocessed ?? 0)
      this.#rows = Number(row.rows)
      this.#first ??= (row.failures[0] as FailedRow | undefined)?.errors[0]
    }
  }

  /** The error that reports the refused rows; nothing when there are none. */
  toError({ label }: Operation): FlowError | undefined {
    if (this.#count === 0) return undefined
    const refused = this.#count === 1 ? 'One row was' : `${this.#count} rows were`
    const reason = this.#first === undefined ? '' : `: ${this.#first.errorCode}: ${shortened(this.#first.message)}`
    const description = 'The other rows are in; correct the failed ones of the output and send them again.'
    return flowError(
      `${label}: ${refused} refused${sentenceEnd(reason)} ${description}`,
      this.#first?.errorCode ?? 'ERR_SF_PARTIAL',
      {
        errors: this.#first === undefined ? [] : [this.#first],
        retryable: false,
        description,
        failed: this.#count,
      },
    )
  }
}

/** The longest text of Salesforce that is still read, in characters; `cause.errors` has the whole. */
const longest = 1000

/** Salesforce repeats a value that is too long as a whole, and a text field may hold 130,000 characters. */
function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

function sentenceEnd(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
