import type { Org } from '../org/org.ts'
import type { QueryService } from '../query/model.ts'
import { isIdShaped, toId18 } from '../records/record-id.ts'
import type { StoredRow } from '../schema/types.ts'
import type { ApprovalProcess } from './approval-process.ts'
import {
  alreadyInProcess,
  invalidReference,
  missingArgument,
  noApplicableProcess,
  notTheApprover,
  unknownAction,
} from './errors.ts'

/** One entry of a process request, with the names of the REST guide ("Process Approvals"). */
export interface ApprovalRequest {
  readonly actionType?: string
  readonly contextId?: string
  readonly contextActorId?: string
  readonly comments?: string
  readonly nextApproverIds?: readonly string[]
  readonly processDefinitionNameOrId?: string
  readonly skipEntryCriteria?: boolean | string
}

/** How an instance stands after a request. */
export interface ApprovalOutcome {
  readonly instanceId: string
  readonly entityId: string
  readonly status: 'Pending' | 'Approved' | 'Rejected'
  /** Who is asked next, and by which work item; none when the process is over. */
  readonly next: { readonly actorId: string; readonly workitemId: string } | undefined
}

const AS_SYSTEM = { asSystem: true } as const
const ANY = { includeDeleted: false, batchSize: 1, version: '67.0' } as const

/** Approval processes: submit a record, approve or reject what one is asked for. States live in records of the org. */
export class ApprovalsModel {
  readonly #org: Org
  readonly #queries: QueryService

  constructor(org: Org, queries: QueryService) {
    this.#org = org
    this.#queries = queries
  }

  /** The processes of the org, each with the Id of its definition. */
  processes(): { process: ApprovalProcess; id: string }[] {
    return this.#org.metadata.approvalProcesses.map((process) => ({ process, id: this.#definitionId(process) }))
  }

  /** Carries out one request, in a transaction. Throws a RecordError where Salesforce refuses. */
  carryOut(request: ApprovalRequest): ApprovalOutcome {
    return this.#org.records.transaction(() => {
      switch (request.actionType?.toLowerCase()) {
        case 'submit':
          return this.#submit(request)
        case 'approve':
          return this.#answer(request, 'Approved')
        case 'reject':
          return this.#answer(request, 'Rejected')
        default:
          throw unknownAction(String(request.actionType))
      }
    })
  }

  #submit(request: ApprovalRequest): ApprovalOutcome {
    const { records } = this.#org
    const entityId = this.#existing(request.contextId, 'contextId')
    const open = records.findBy('ProcessInstance', 'TargetObjectId', entityId)
    if (open.some((instance) => instance.Status === 'Pending')) throw alreadyInProcess()
    const { process, id } = this.#applicable(entityId, request)
    const submitter = request.contextActorId ? this.#user(request.contextActorId) : this.#org.userId
    const chosen = request.nextApproverIds?.[0]
    if (process.chosenApprover && chosen === undefined) throw missingArgument('nextApproverIds')
    const fields = {
      ProcessDefinitionId: id,
      TargetObjectId: entityId,
      Status: 'Pending',
      SubmittedById: submitter,
      LastActorId: submitter,
    }
    const instanceId = records.insert('ProcessInstance', fields, AS_SYSTEM)
    this.#note(instanceId, 'Started', submitter, request.comments)
    const next = this.#ask(instanceId, chosen ? this.#user(chosen) : submitter)
    return { instanceId, entityId, status: 'Pending', next }
  }

  #answer(request: ApprovalRequest, verdict: 'Approved' | 'Rejected'): ApprovalOutcome {
    const { records } = this.#org
    const workitem = records.get('ProcessInstanceWorkitem', this.#existing(request.contextId, 'contextId'))
    const instance = workitem && records.get('ProcessInstance', String(workitem.ProcessInstanceId))
    if (!workitem || !instance) throw invalidReference()
    if (workitem.ActorId !== this.#org.userId) throw notTheApprover()
    const instanceId = String(instance.Id)
    const entityId = String(instance.TargetObjectId)
    records.hardDelete('ProcessInstanceWorkitem', String(workitem.Id))
    this.#note(instanceId, verdict, this.#org.userId, request.comments)
    if (verdict === 'Approved' && this.#stepsLeft(instance)) {
      const chosen = request.nextApproverIds?.[0]
      const next = this.#ask(instanceId, chosen ? this.#user(chosen) : String(instance.SubmittedById))
      return { instanceId, entityId, status: 'Pending', next }
    }
    const CompletedDate = new Date(this.#org.clock.now()).toISOString()
    const fields = { Status: verdict, CompletedDate, LastActorId: this.#org.userId }
    records.update('ProcessInstance', instanceId, fields, AS_SYSTEM)
    return { instanceId, entityId, status: verdict, next: undefined }
  }

  /** The named process, or the first whose object and entry criteria fit. */
  #applicable(entityId: string, request: ApprovalRequest): { process: ApprovalProcess; id: string } {
    const named = request.processDefinitionNameOrId
    const skip = named !== undefined && String(request.skipEntryCriteria) === 'true'
    const object = this.#org.schema.objectOfId(entityId)?.name
    const found = this.processes().find(
      ({ process, id }) =>
        process.object === object &&
        (named === undefined || named === process.name || (isIdShaped(named) && toId18(named) === id)) &&
        (skip || this.#meetsCriteria(process, entityId)),
    )
    if (!found) throw noApplicableProcess()
    return found
  }

  #meetsCriteria({ object, entryCriteria }: ApprovalProcess, entityId: string): boolean {
    if (entryCriteria === undefined) return true
    const soql = `SELECT Id FROM ${object} WHERE Id = '${entityId}' AND (${entryCriteria})`
    return this.#queries.query({ ...ANY, soql }).totalSize === 1
  }

  #stepsLeft(instance: Readonly<StoredRow>): boolean {
    const found = this.processes().find(({ id }) => id === instance.ProcessDefinitionId)
    const given = this.#org.records
      .findBy('ProcessInstanceStep', 'ProcessInstanceId', instance.Id ?? null)
      .filter((step) => step.StepStatus === 'Approved')
    return given.length < (found?.process.steps ?? 1)
  }

  #ask(instanceId: string, actorId: string): { actorId: string; workitemId: string } {
    const fields = { ProcessInstanceId: instanceId, ActorId: actorId, OriginalActorId: actorId }
    return { actorId, workitemId: this.#org.records.insert('ProcessInstanceWorkitem', fields, AS_SYSTEM) }
  }

  #note(instanceId: string, status: string, actorId: string, comments: string | undefined): void {
    const fields = {
      ProcessInstanceId: instanceId,
      StepStatus: status,
      ActorId: actorId,
      OriginalActorId: actorId,
      Comments: comments ?? null,
    }
    this.#org.records.insert('ProcessInstanceStep', fields, AS_SYSTEM)
  }

  #existing(id: string | undefined, argument: string): string {
    if (!id) throw missingArgument(argument)
    const object = isIdShaped(id) ? this.#org.schema.objectOfId(id) : undefined
    if (!object || !this.#org.records.get(object.name, id)) throw invalidReference()
    return toId18(id)
  }

  #user(id: string): string {
    if (!isIdShaped(id) || !this.#org.records.get('User', id)) throw invalidReference()
    return toId18(id)
  }

  #definitionId({ name }: ApprovalProcess): string {
    return String(this.#org.records.findBy('ProcessDefinition', 'DeveloperName', name)[0]?.Id)
  }
}
