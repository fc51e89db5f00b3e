import { RecordError, WireError } from '../errors.ts'

/** 400 for a body that is no list of requests; the wording is ours. */
export function missingRequests(): WireError {
  const message = 'The request body must be an object with a list of objects named requests'
  return new WireError(400, { errorCode: 'JSON_PARSER_ERROR', message })
}

export function alreadyInProcess(): RecordError {
  return new RecordError('ALREADY_IN_PROCESS', 'Cannot submit object already in process.', [])
}

export function noApplicableProcess(): RecordError {
  return new RecordError('NO_APPLICABLE_PROCESS', 'No applicable approval process was found.', [])
}

export function missingArgument(name: string): RecordError {
  return new RecordError('REQUIRED_FIELD_MISSING', `missing required field: [${name}]`, [name])
}

export function unknownAction(actionType: string): RecordError {
  return new RecordError(
    'INVALID_OPERATION',
    `Submit, Approve or Reject is expected as actionType, not ${actionType}`,
    [],
  )
}

export function invalidReference(): RecordError {
  return new RecordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [])
}

/** Only who is asked may answer (REST API Developer Guide, "Process Approvals": the current user must be an assigned approver). */
export function notTheApprover(): RecordError {
  const message = 'insufficient access rights on cross-reference id'
  return new RecordError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', message, [])
}
