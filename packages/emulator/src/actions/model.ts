import type { ErrorEntry } from '../errors.ts'
import type { Org } from '../org/org.ts'
import type { OrgAccess } from '../org/org-access.ts'
import type { ActionType, InvocableAction } from './action.ts'
import { actionFault, missingInput, missingInputs, noSuchAction } from './errors.ts'

/** What became of one input. */
export type ActionResult =
  | { readonly outputValues: Readonly<Record<string, unknown>> | null; readonly error?: undefined }
  | { readonly error: ErrorEntry }

type ActionInput = Readonly<Record<string, unknown>>

/** The invocable actions of an org: which there are, and what invoking one does. */
export class ActionsModel {
  readonly #org: Org
  readonly #access: OrgAccess
  readonly #actions: readonly InvocableAction[]

  constructor(org: Org, access: OrgAccess, actions: readonly InvocableAction[]) {
    this.#org = org
    this.#access = access
    this.#actions = actions
  }

  /** The actions of one type. */
  list(type: string): InvocableAction[] {
    return this.#actions.filter((action) => action.type === type)
  }

  /** The action of that type and name. */
  action(type: ActionType | string, name: string): InvocableAction {
    const action = this.list(type).find((candidate) => candidate.name === name)
    if (!action) throw noSuchAction()
    return action
  }

  /** Invokes an action once for every input; an input that fails leaves the others alone. */
  invoke(action: InvocableAction, body: unknown): ActionResult[] {
    const { inputs } = (body ?? {}) as { inputs?: unknown }
    if (!Array.isArray(inputs) || !inputs.every(isObject)) throw missingInputs()
    return inputs.map((input) => this.#invokeOnce(action, input))
  }

  #invokeOnce(action: InvocableAction, input: ActionInput): ActionResult {
    try {
      const missing = action.inputs?.find(({ name, required }) => required && (input[name] ?? null) === null)
      if (missing) throw missingInput(missing.name)
      const outputValues = this.#org.records.transaction(() => action.invoke(input, this.#access))
      // Every flow tells how its interview ended (Actions Developer Guide, "Flow Actions").
      if (action.type === 'flow') return { outputValues: { ...outputValues, Flow__InterviewStatus: 'Finished' } }
      return { outputValues: outputValues ?? null }
    } catch (error) {
      return { error: actionFault(error) }
    }
  }
}

function isObject(value: unknown): value is ActionInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
