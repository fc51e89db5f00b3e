import { WireError } from '../errors.ts'
import { unknownRoad } from '../server/error-answers.ts'

/** 404 for a quick action, an object or a record that is not there. */
export function noSuchQuickAction(): WireError {
  return new WireError(404, { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' })
}

/** 400 for a call without what the action needs; the words are ours. */
export function badQuickAction(message: string): WireError {
  return new WireError(400, { errorCode: 'JSON_PARSER_ERROR', message })
}

/** 501 for an action that makes something of which the emulated org has no object. */
export function cannotPerform(name: string, target: string): WireError {
  return unknownRoad(`the quick action ${name}, which makes a ${target}`)
}
