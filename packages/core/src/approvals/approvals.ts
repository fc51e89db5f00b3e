import { checkedFlag, checkedId, checkedOptions, checkedText, checkedTexts, refuse } from '../check.ts'
import { ApiError } from '../errors/api-error.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { expectedList, expectedObject, expectedText } from '../http/expected.ts'
import { subrequestError } from '../http/subrequest-error.ts'

/** An approval process of the org. */
export interface ApprovalProcess {
  /** Id of the `ProcessDefinition`. */
  readonly id: string
  /** Name of the process. */
  readonly name: string
  /** What it is for. */
  readonly description: string | null
  /** API name of the object that it is for. */
  readonly object: string
  /** Processes of one object are tried in this order. */
  readonly sortOrder: number
}

/** A record to submit for approval. */
export interface ApprovalSubmission {
  /** The record that needs an approval. */
  readonly recordId: string
  /** What the submitter has to say. */
  readonly comments?: string | undefined
  /** Users or groups that are asked next, where the process leaves that to the submitter. */
  readonly nextApproverIds?: readonly string[] | undefined
  /** Default: the first process of the object whose entry criteria the record meets. */
  readonly processDefinitionNameOrId?: string | undefined
  /** Submits whatever the entry criteria say; needs `processDefinitionNameOrId`. Default false. */
  readonly skipEntryCriteria?: boolean | undefined
  /** The user who submits. Default: the one who is logged in. */
  readonly submitterId?: string | undefined
}

/** The answer to a pending approval request. */
export interface ApprovalDecision {
  /** Id of the `ProcessInstanceWorkitem`: `newWorkitemIds` of the submission, or found by a query. */
  readonly workItemId: string
  /** What the approver has to say. */
  readonly comments?: string | undefined
  /** Users or groups that are asked next, where the process leaves that to the approver. */
  readonly nextApproverIds?: readonly string[] | undefined
}

/** What became of a submission or a decision. */
export interface ApprovalResult {
  /** The record. */
  readonly entityId: string
  /** Id of the `ProcessInstance`. */
  readonly instanceId: string
  /** Where the whole process stands now. */
  readonly instanceStatus: 'Approved' | 'Rejected' | 'Removed' | 'Pending'
  /** Who is asked now. */
  readonly actorIds: readonly string[]
  /** What `approve` and `reject` take next. */
  readonly newWorkitemIds: readonly string[]
}

/**
 * Approval processes ("Process Approvals" of the REST API guide). One request a call: Salesforce takes lists, but its
 * own example answers them in another order, so that nobody could tell which of them failed.
 */
export interface Approvals {
  /** The active approval processes of all objects. */
  list(call?: CallOptions): Promise<ApprovalProcess[]>
  /**
   * Submits a record for approval.
   *
   * @throws ApiError when Salesforce refuses it: `NO_APPLICABLE_PROCESS`, `ALREADY_IN_PROCESS`, ...
   */
  submit(submission: ApprovalSubmission, call?: CallOptions): Promise<ApprovalResult>
  /** Approves a pending request. @throws ApiError when Salesforce refuses it, for instance from another approver. */
  approve(decision: ApprovalDecision, call?: CallOptions): Promise<ApprovalResult>
  /** Rejects a pending request. @throws ApiError when Salesforce refuses it, for instance from another approver. */
  reject(decision: ApprovalDecision, call?: CallOptions): Promise<ApprovalResult>
}

/** One row of the answer. */
interface ResultRow {
  readonly success: boolean
  readonly errors: unknown
  readonly entityId: string
  readonly instanceId: string
  readonly instanceStatus: ApprovalResult['instanceStatus']
  readonly actorIds: readonly string[] | null
  readonly newWorkitemIds: readonly string[] | null
}

/** Makes the approvals of a client. */
export function createApprovals(connection: Connection): Approvals {
  const path = `${connection.dataPath}/process/approvals`

  async function process(action: Readonly<Record<string, unknown>>, call?: CallOptions): Promise<ApprovalResult> {
    const request: ApiRequest = { method: 'POST', path, body: { json: { requests: [action] } }, replay: 'if-unsent' }
    const answer = await connection.json(request, call).catch(rowsOf)
    const [row] = expectedList<ResultRow>('The approval request', answer)
    if (row?.success === false) {
      throw subrequestError({ status: 400, body: row.errors, request: { method: 'POST', path, attempts: 1 } })
    }
    expectedText('The approval request', row, 'instanceId')
    const { entityId, instanceId, instanceStatus, actorIds, newWorkitemIds } = row as ResultRow
    return { entityId, instanceId, instanceStatus, actorIds: actorIds ?? [], newWorkitemIds: newWorkitemIds ?? [] }
  }

  return {
    list: async (call) => {
      const answer = await connection.json({ method: 'GET', path, replay: 'always' }, call)
      const byObject = expectedObject<Record<string, ApprovalProcess[]>>('approvals.list', answer, 'approvals')
      return expectedList('approvals.list', Object.values(byObject).flat())
    },
    submit: async (submission, call) => process(submitAction(submission), call),
    approve: async (decision, call) => process(decideAction('Approve', decision), call),
    reject: async (decision, call) => process(decideAction('Reject', decision), call),
  }
}

/** A refused request may be told as a row with its errors inside. */
function rowsOf(error: unknown): readonly ResultRow[] {
  if (error instanceof ApiError && Array.isArray(error.body) && error.body[0]?.success === false) return error.body
  throw error
}

function submitAction(submission: ApprovalSubmission): Readonly<Record<string, unknown>> {
  const given = checkedOptions('submit', submission, [
    'recordId',
    'comments',
    'nextApproverIds',
    'processDefinitionNameOrId',
    'skipEntryCriteria',
    'submitterId',
  ])
  const { processDefinitionNameOrId, skipEntryCriteria, submitterId } = given
  if (skipEntryCriteria === true && processDefinitionNameOrId === undefined) {
    throw new ConfigurationError('skipEntryCriteria needs processDefinitionNameOrId; Salesforce ignores it without.')
  }
  return {
    actionType: 'Submit',
    contextId: checkedId('recordId', given.recordId),
    ...words(given),
    processDefinitionNameOrId: optional('processDefinitionNameOrId', processDefinitionNameOrId, checkedNameOrId),
    skipEntryCriteria: optional('skipEntryCriteria', skipEntryCriteria, checkedFlag),
    contextActorId: optional('submitterId', submitterId, checkedId),
  }
}

function decideAction(actionType: 'Approve' | 'Reject', decision: ApprovalDecision): Readonly<Record<string, unknown>> {
  const given = checkedOptions(actionType.toLowerCase(), decision, ['workItemId', 'comments', 'nextApproverIds'])
  return { actionType, contextId: checkedId('workItemId', given.workItemId), ...words(given) }
}

function words(given: Pick<ApprovalSubmission, 'comments' | 'nextApproverIds'>): Readonly<Record<string, unknown>> {
  return {
    comments: optional('comments', given.comments, checkedText),
    nextApproverIds: optional('nextApproverIds', given.nextApproverIds, checkedIds),
  }
}

function checkedIds(option: string, value: unknown): readonly string[] {
  return checkedTexts(option, value, 'Ids', checkedId)
}

function checkedNameOrId(option: string, value: unknown): string {
  if (typeof value === 'string' && /^\w+$/.test(value)) return value
  return refuse(option, 'the API name or the Id of an approval process', value)
}

function optional<T>(option: string, value: unknown, check: (option: string, value: unknown) => T): T | undefined {
  return value === undefined ? undefined : check(option, value)
}
