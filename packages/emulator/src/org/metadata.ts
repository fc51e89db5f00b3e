import type { InvocableAction } from '../actions/action.ts'
import { demoActions } from '../actions/demo-actions.ts'
import type { ApexResource } from '../apex/apex-resource.ts'
import { DEMO_APEX } from '../apex/demo-apex.ts'

/** What is deployed to an org beside its objects: code and definitions that services run. */
export interface OrgMetadata {
  /** Invocable actions and autolaunched flows. */
  readonly actions: readonly InvocableAction[]
  /** Apex REST classes. */
  readonly apex: readonly ApexResource[]
}

/** The demo metadata with `more` before it, so that a definition of the same name takes the place of a demo one. */
export function deployedMetadata(more: Partial<OrgMetadata> = {}): OrgMetadata {
  return {
    actions: [...(more.actions ?? []), ...demoActions()],
    apex: [...(more.apex ?? []), ...DEMO_APEX],
  }
}
