import type { InvocableAction } from '../actions/action.ts'
import { demoActions } from '../actions/demo-actions.ts'
import type { ApexResource } from '../apex/apex-resource.ts'
import { DEMO_APEX } from '../apex/demo-apex.ts'
import { type ApprovalProcess, DEMO_APPROVAL_PROCESSES } from '../approvals/approval-process.ts'
import { DEMO_LIST_VIEWS, type ListView } from '../list-views/list-view.ts'
import { DEMO_QUICK_ACTIONS, type QuickAction } from '../quick-actions/quick-action.ts'
import { DEMO_REPORTS, type ReportDefinition } from '../reports/report-definition.ts'

/** What is deployed to an org beside its objects: code and definitions that services run. */
export interface OrgMetadata {
  /** Invocable actions and autolaunched flows. */
  readonly actions: readonly InvocableAction[]
  /** Apex REST classes. */
  readonly apex: readonly ApexResource[]
  readonly approvalProcesses: readonly ApprovalProcess[]
  readonly listViews: readonly ListView[]
  readonly quickActions: readonly QuickAction[]
  /** Saved reports. */
  readonly reports: readonly ReportDefinition[]
}

/** The demo metadata with `more` before it, so that a definition of the same name takes the place of a demo one. */
export function deployedMetadata(more: Partial<OrgMetadata> = {}): OrgMetadata {
  return {
    actions: [...(more.actions ?? []), ...demoActions()],
    apex: [...(more.apex ?? []), ...DEMO_APEX],
    approvalProcesses: [...(more.approvalProcesses ?? []), ...DEMO_APPROVAL_PROCESSES],
    listViews: [...(more.listViews ?? []), ...DEMO_LIST_VIEWS],
    quickActions: [...(more.quickActions ?? []), ...DEMO_QUICK_ACTIONS],
    reports: [...(more.reports ?? []), ...DEMO_REPORTS],
  }
}
