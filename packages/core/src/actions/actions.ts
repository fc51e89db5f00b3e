import { checkedFlag, checkedList, checkedName, checkedNamePath, checkedObject, checkedText } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { CallOptions, Connection } from '../http/connection.ts'
import { expectedList, expectedObject } from '../http/expected.ts'
import { pathOf } from '../http/path.ts'
import { checkedJson } from '../sobject/record-body.ts'
import { type ActionResult, invokeAction, raiseFailures } from './action-result.ts'

/** An invocable action in a list. */
export interface ActionSummary {
  /** Name to show to people. */
  readonly label: string
  /** API name, as `invoke` takes it. */
  readonly name: string
  /** `CHATTERPOST`, `FLOW`, `APEX`, ... */
  readonly type: string
  /** Path of the action. */
  readonly url: string
}

/** One input or output of an action. */
export interface ActionParameter {
  /** API name. */
  readonly name: string
  /** Name to show to people. */
  readonly label: string
  /** What it is for. */
  readonly description: string | null
  /** `STRING`, `REFERENCE`, `BOOLEAN`, `SOBJECT`, ... */
  readonly type: string
  /** Whether the action refuses an input without it. */
  readonly required: boolean
  /** More than 1: a list of values. */
  readonly maxOccurs: number
  /** API name of the object, where it takes records. */
  readonly sobjectType: string | null
  readonly [key: string]: unknown
}

/** Options of `invoke`. */
export interface InvokeOptions extends CallOptions {
  /** Rejects with a `PartialFailureError` when an input failed. Default false: failures are results. */
  readonly raise?: boolean | undefined
}

/** What an action takes and gives; keys that are not listed here are there too. */
export interface ActionDescribe {
  /** API name, without the type. */
  readonly name: string
  /** Name to show to people. */
  readonly label: string
  /** What the action does. */
  readonly description: string | null
  /** `emailSimple`, `FLOW`, `APEX`, ... */
  readonly type: string
  /** True for an action that comes with Salesforce. */
  readonly standard: boolean
  /** What it takes. */
  readonly inputs: readonly ActionParameter[]
  /** What it gives. */
  readonly outputs: readonly ActionParameter[]
  readonly [key: string]: unknown
}

/**
 * Invocable actions (Actions Developer Guide). A standard action is named alone (`emailSimple`), a custom one behind
 * its type (`apex/ScoreAccounts`, `flow/Large_Order`, `quickAction/Account.Renew`), as in its address.
 */
export interface Actions {
  /** The types of custom actions that the org has: `apex`, `flow`, `quickAction`, ... */
  types(call?: CallOptions): Promise<string[]>
  /** The actions of one type: `standard` (the default) or one of {@link Actions.types}. */
  list(type?: string, call?: CallOptions): Promise<ActionSummary[]>
  /** Inputs and outputs of an action. */
  describe(name: string, call?: CallOptions): Promise<ActionDescribe>
  /**
   * Invokes an action once for each input. Whether good inputs are kept when others fail is a setting of the org
   * ("Enable Partial Save for Invocable Actions"). Never repeated when nobody knows whether it ran.
   *
   * @param inputs - Values by the name of the input; default: once without values. An empty list invokes nothing.
   * @returns a result for each input, in order; failures are values unless `raise` is set.
   */
  invoke<T = Record<string, unknown>>(
    name: string,
    inputs?: readonly object[],
    options?: InvokeOptions,
  ): Promise<ActionResult<T>[]>
}

/** Autolaunched flows: the actions of the type `flow`, named by their API names. */
export interface Flows {
  /** The active flows that can be invoked. */
  list(call?: CallOptions): Promise<ActionSummary[]>
  /** Input and output variables of a flow. */
  describe(name: string, call?: CallOptions): Promise<ActionDescribe>
  /**
   * Runs a flow once for each input, as {@link Actions.invoke} does. `Flow__InterviewStatus` among the output values
   * tells how it ended.
   */
  invoke<T = Record<string, unknown>>(
    name: string,
    inputs?: readonly object[],
    options?: InvokeOptions,
  ): Promise<ActionResult<T>[]>
}

/** Makes the actions of a client. */
export function createActions(connection: Connection): Actions {
  const root = `${connection.dataPath}/actions`
  const read = <T>(path: string, call?: CallOptions): Promise<T> =>
    connection.json<T>({ method: 'GET', path, replay: 'always' }, call)
  return {
    types: async (call) => Object.keys(expectedObject('actions.types', await read(`${root}/custom`, call))),
    list: async (type = 'standard', call) => {
      const checked = checkedName('type', type)
      const path = checked === 'standard' ? `${root}/standard` : pathOf(`${root}/custom`, checked)
      return expectedList<ActionSummary>('actions.list', await read(path, call), 'actions')
    },
    describe: async (name, call) => {
      const answer = await read<ActionDescribe>(actionPath(root, name), call)
      expectedList('actions.describe', answer, 'inputs')
      return answer
    },
    invoke: async <T>(name: string, inputs?: readonly object[], options?: InvokeOptions) => {
      const path = actionPath(root, name)
      const { raise = false, ...call } = checkedCall(options, 'invoke', ['raise'])
      checkedFlag('raise', raise)
      const checked = inputs === undefined ? [{}] : checkedInputs(inputs)
      if (checked.length === 0) return []
      const results = await invokeAction<T>(connection, path, checked, call)
      if (raise) raiseFailures(name, results)
      return results
    },
  }
}

/** Makes the flows of a client. */
export function createFlows(actions: Actions): Flows {
  const flow = (name: string): string => `flow/${checkedName('name', name)}`
  return {
    list: (call) => actions.list('flow', call),
    describe: async (name, call) => actions.describe(flow(name), call),
    invoke: async (name, inputs, options) => actions.invoke(flow(name), inputs, options),
  }
}

function actionPath(root: string, name: string): string {
  const [last = '', type, ...others] = checkedText('name', name).split('/').reverse()
  if (others.length > 0) {
    throw new ConfigurationError(
      "name must be that of a standard action, such as 'emailSimple', or type and name of a custom one, such as 'apex/Score'.",
    )
  }
  const own = checkedNamePath('name', last)
  return type === undefined
    ? pathOf(`${root}/standard`, own)
    : pathOf(`${root}/custom`, checkedName('The type in name', type), own)
}

function checkedInputs(inputs: readonly object[]): readonly object[] {
  return checkedList<object>('inputs', inputs, 'objects of input values').map((input, index) => {
    const name = `inputs[${index}]`
    return checkedJson(name, checkedObject(name, input, 'an object of input values')) as object
  })
}
