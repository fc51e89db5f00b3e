import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ActionParameter, InvocableAction } from './action.ts'
import type { ActionResult, ActionsModel } from './model.ts'

/** A call to one of the action roads; which parts of the path are there depends on the road. */
export type ActionCall = FastifyRequest<{ Params: { version: string; type?: string; name: string } }>

const CUSTOM_TYPES = ['quickAction', 'apex', 'emailAlert', 'flow', 'sendNotification'] as const

/** GET /actions */
export function listKinds(call: ActionCall): object {
  const road = roadOf(call)
  return { standard: `${road}/standard`, custom: `${road}/custom` }
}

/** GET /actions/custom */
export function listCustomTypes(call: ActionCall): object {
  return Object.fromEntries(CUSTOM_TYPES.map((type) => [type, `${roadOf(call)}/custom/${type}`]))
}

/** GET /actions/standard and /actions/custom/{type} */
export function listActions(model: ActionsModel, call: ActionCall): object {
  const actions = model.list(typeOf(call)).map((action) => ({
    label: action.label ?? action.name,
    name: action.name,
    type: wireType(action),
    url: `${roadOf(call)}/${action.type === 'standard' ? '' : 'custom/'}${action.type}/${action.name}`,
  }))
  return { actions }
}

/** GET /actions/standard/{name} and /actions/custom/{type}/{name}, with the keys of the guide's example. */
export function describeAction(model: ActionsModel, call: ActionCall): object {
  const action = model.action(typeOf(call), call.params.name)
  return {
    description: action.description ?? null,
    inputs: (action.inputs ?? []).map((input) => ({ ...describeParameter(input), required: input.required ?? false })),
    label: action.label ?? action.name,
    name: action.name,
    outputs: (action.outputs ?? []).map(describeParameter),
    standard: action.type === 'standard',
    targetEntityName: null,
    type: wireType(action),
  }
}

/** POST: a result for every input; HTTP 400 where none of them succeeded. */
export function invokeAction(model: ActionsModel, call: ActionCall, reply: FastifyReply): object {
  const action = model.action(typeOf(call), call.params.name)
  const results = model.invoke(action, call.body)
  if (results.length > 0 && results.every((result) => result.error)) reply.code(400)
  return results.map((result) => writeResult(action, result))
}

/** The keys of answers printed in the guides of newer releases, in their order. */
function writeResult(action: InvocableAction, result: ActionResult): object {
  const { error } = result
  return {
    actionName: action.name,
    errors: error ? [{ statusCode: error.errorCode, message: error.message, fields: error.fields ?? [] }] : null,
    invocationId: null,
    isSuccess: !error,
    outcome: null,
    outputValues: error ? null : result.outputValues,
    sortOrder: -1,
    version: 1,
  }
}

function describeParameter(parameter: ActionParameter): Record<string, unknown> {
  return {
    byteLength: 0,
    description: parameter.description ?? null,
    label: parameter.label ?? parameter.name,
    maxOccurs: parameter.maxOccurs ?? 1,
    name: parameter.name,
    picklistValues: null,
    type: parameter.type ?? 'STRING',
  }
}

/** A standard action is a type by itself (`chatterPost` is of type CHATTERPOST). */
function wireType(action: InvocableAction): string {
  return (action.type === 'standard' ? action.name : action.type).toUpperCase()
}

function typeOf(call: ActionCall): string {
  return call.params.type ?? 'standard'
}

function roadOf(call: ActionCall): string {
  return `/services/data/v${call.params.version}/actions`
}
