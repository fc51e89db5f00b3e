import type { FastifyReply, FastifyRequest } from 'fastify'
import { RecordError } from '../errors.ts'
import { missingRequests } from './errors.ts'
import type { ApprovalOutcome, ApprovalRequest, ApprovalsModel } from './model.ts'

/** GET /process/approvals: the processes by object, with the keys of the guide's example. */
export function listApprovals(model: ApprovalsModel): object {
  const approvals: Record<string, object[]> = {}
  for (const { process, id } of model.processes()) {
    const list = approvals[process.object] ?? []
    approvals[process.object] = list
    list.push({
      description: process.description ?? null,
      id,
      name: process.label ?? process.name,
      object: process.object,
      sortOrder: list.length + 1,
    })
  }
  return { approvals }
}

/** POST /process/approvals: what succeeds stays, the rest answers its error; 400 where nothing succeeded. */
export function processApprovals(model: ApprovalsModel, call: FastifyRequest, reply: FastifyReply): object {
  const { requests } = (call.body ?? {}) as { requests?: unknown }
  if (!Array.isArray(requests) || !requests.every(isRequest)) throw missingRequests()
  const results = requests.map((request) => resultOf(model, request))
  if (results.length > 0 && results.every(({ success }) => !success)) reply.code(400)
  return results
}

/** A process result with the keys of the guide's example. */
type WireResult = { readonly success: boolean } & Readonly<Record<string, unknown>>

function resultOf(model: ApprovalsModel, request: ApprovalRequest): WireResult {
  try {
    return succeeded(model.carryOut(request))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return failed(error)
  }
}

function succeeded({ instanceId, entityId, status, next }: ApprovalOutcome): WireResult {
  return {
    actorIds: next ? [next.actorId] : null,
    entityId,
    errors: null,
    instanceId,
    instanceStatus: status,
    newWorkitemIds: next ? [next.workitemId] : [],
    success: true,
  }
}

function failed({ errorCode, message, fields = [] }: RecordError): WireResult {
  return {
    actorIds: null,
    entityId: null,
    errors: [{ fields, message, statusCode: errorCode }],
    instanceId: null,
    instanceStatus: null,
    newWorkitemIds: null,
    success: false,
  }
}

function isRequest(value: unknown): value is ApprovalRequest {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
