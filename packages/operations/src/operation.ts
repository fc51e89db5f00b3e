import type { Salesforce } from '@forcewire/core/portable'

/**
 * The closed vocabulary of parameters. Each host turns a kind into its own widget (n8n: resource locator, editor;
 * Node-RED: typedInput, searchable list); a new kind needs a reason and a change in both adapters.
 */
export type ParameterKind =
  | 'text'
  | 'number'
  | 'flag'
  | 'choice'
  | 'json'
  | 'soql'
  | 'object'
  | 'field'
  | 'fields'
  | 'record-id'
  | 'rows'
  | 'binary'
  | 'date'

/** One parameter of an operation, described once for both hosts. Its name is wire-stable: saved flows hold it. */
export interface Parameter {
  readonly kind: ParameterKind
  /** Title Case, shown beside the input: `External ID Field`. */
  readonly label: string
  /** One sentence, shown as hint and in the help. Ends without a full stop. */
  readonly description: string
  /** Refused when empty. */
  readonly required?: boolean
  readonly default?: string | number | boolean
  readonly placeholder?: string
  /** For `choice`. */
  readonly options?: readonly { readonly value: string; readonly label: string; readonly description?: string }[]
  /** For `field`, `fields` and `record-id`: the parameter that names the object. */
  readonly of?: string
  /** For `field`: which fields to offer. */
  readonly only?: 'externalId'
  /** For `number`. */
  readonly minimum?: number
  readonly maximum?: number
  /** Shown only while another parameter has one of these values. */
  readonly when?: { readonly parameter: string; readonly is: readonly (string | boolean)[] }
  /** Rarely needed: n8n shows it under "Options", Node-RED in a folded section. */
  readonly advanced?: boolean
}

export type Parameters = Readonly<Record<string, Parameter>>

/** A parameter that several operations share and that always has a value. */
export type RequiredParameter<K extends ParameterKind> = Parameter & { readonly kind: K; readonly required: true }

/** A parameter that several operations share and that falls back to its default. */
export type DefaultedParameter<K extends ParameterKind> = Parameter & { readonly kind: K; readonly default: string }

/** A shared parameter that is shown on a condition only. */
export type ConditionalParameter<P extends Parameter> = P & { readonly when: NonNullable<Parameter['when']> }

/** A row as a flow sees it: plain JSON. */
export type Row = Readonly<Record<string, unknown>>

/** A row that Salesforce refused. `index` is its position in the input where that is known. */
export interface FailedRow {
  readonly success: false
  readonly index?: number
  readonly errors: readonly {
    readonly errorCode: string
    readonly message: string
    readonly fields: readonly string[]
  }[]
}

/** How far a long operation has come. Hosts show it as status text. */
export interface Progress {
  /** `uploading`, `processing`, `downloading`, ...: lower case, one word. */
  readonly phase: string
  /** Rows done so far in this phase. */
  readonly rows: number
  /** Rows in all, where known. */
  readonly total?: number
  /** Bytes of CSV so far, of a bulk load or extract. */
  readonly bytes?: number
  /** How many bulk jobs there are in each state. */
  readonly jobs?: Readonly<Record<string, number>>
  /** Estimated milliseconds until this phase is done, where known. */
  readonly timeLeft?: number
  readonly jobId?: string
}

/** What an operation may use while it runs. */
export interface OperationContext {
  readonly salesforce: Salesforce
  readonly signal?: AbortSignal | undefined
  readonly progress?: ((progress: Progress) => void) | undefined
}

/** The value that `run` gets for a parameter of a kind. */
interface KindValue {
  text: string
  number: number
  flag: boolean
  choice: string
  json: unknown
  soql: string
  object: string
  field: string
  fields: readonly string[]
  'record-id': string
  rows: AsyncIterable<Row> | Iterable<Row>
  binary: AsyncIterable<Uint8Array>
  date: string
}

type Settled<P extends Parameter> = P extends { when: object }
  ? KindValue[P['kind']] | undefined
  : P extends { required: true } | { default: string | number | boolean }
    ? KindValue[P['kind']]
    : KindValue[P['kind']] | undefined

/** The parameter values as `run` sees them, checked and defaulted by `settleParameters`; a hidden one is undefined. */
export type ParameterValues<P extends Parameters> = { readonly [K in keyof P]: Settled<P[K]> }

/** How many input rows one call takes: none at all, one row a call, or all rows in one call. */
export type RowInput = 'none' | 'one' | 'many'

/** One thing a flow can do with Salesforce. Its id (`record.upsert`) is wire-stable. */
export interface Operation<P extends Parameters = Parameters> {
  readonly id: `${string}.${string}`
  /** Title Case, without the resource: `Create or Update`. */
  readonly label: string
  /** Sentence case with the object, for n8n's action list: `Create or update a record`. */
  readonly action: string
  /** One or two sentences for help and tables. */
  readonly description: string
  /** Salesforce's page on it. */
  readonly documentation: string
  readonly parameters: P
  readonly rows: RowInput
  /**
   * Gives exactly one result row: always, or while a parameter has one of these values. Hosts that can hand it out bare
   * instead of in a list. An operation with `rows: 'one'` always does.
   */
  readonly single?: true | { readonly parameter: string; readonly is: readonly (string | boolean)[] }
  /**
   * Runnable against the emulator's demo seed; the contract test runs it through core and both hosts.
   * `{{ingestJobId}}` in a parameter stands for an ingest job that the test has made.
   */
  readonly example: {
    readonly parameters: Readonly<Record<string, unknown>>
    readonly rows?: readonly Row[]
    /** Keys of the result rows that differ from run to run (ids, times); compared by presence only. */
    readonly volatile?: readonly string[]
  }
  run(
    context: OperationContext,
    parameters: ParameterValues<P>,
    rows: AsyncIterable<Row> | Iterable<Row>,
  ): AsyncIterable<Row>
}

/** Declares an operation; infers the types of `run`'s parameters from their declaration. */
export function operation<const P extends Parameters>(definition: Operation<P>): Operation {
  return definition as unknown as Operation
}
