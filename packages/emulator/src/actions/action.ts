import type { OrgAccess } from '../org/org-access.ts'

/** One input or output of an invocable action, as its describe shows it. */
export interface ActionParameter {
  readonly name: string
  /** The name when absent. */
  readonly label?: string
  readonly description?: string
  /** `STRING` when absent. */
  readonly type?:
    | 'STRING'
    | 'TEXTAREA'
    | 'REFERENCE'
    | 'BOOLEAN'
    | 'INTEGER'
    | 'DOUBLE'
    | 'DATE'
    | 'DATETIME'
    | 'PICKLIST'
  /** True for an input that an invocation may not leave out; false when absent. */
  readonly required?: boolean
  /** Most values the parameter holds; above 1 it is a list. 1 when absent. */
  readonly maxOccurs?: number
}

/** Kinds of invocable actions: `standard` ones, and the types of custom ones. */
export type ActionType = 'standard' | 'apex' | 'emailAlert' | 'flow' | 'quickAction' | 'sendNotification'

/** An invocable action or an autolaunched flow of the emulated org (Actions Developer Guide, "Invocable Actions"). */
export interface InvocableAction {
  readonly type: ActionType
  /** API name, the last part of its path. */
  readonly name: string
  /** The name when absent. */
  readonly label?: string
  readonly description?: string
  readonly inputs?: readonly ActionParameter[]
  readonly outputs?: readonly ActionParameter[]
  /**
   * Does the work of one input, in a transaction of its own, and gives the output values. What it throws becomes the error of
   * that input: an ActionError or a refused write with its code, anything else as UNKNOWN_EXCEPTION.
   */
  invoke(input: Readonly<Record<string, unknown>>, org: OrgAccess): Readonly<Record<string, unknown>> | undefined
}
