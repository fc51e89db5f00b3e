import type { OrgAccess } from '../org/org-access.ts'

/** A call to an Apex REST class. */
export interface ApexCall {
  /** Path behind the class's own mapping, without slash at its ends: `001.../notes`, or empty. */
  readonly rest: string
  readonly query: Readonly<Record<string, string>>
  /** Names are lower-case. */
  readonly headers: Readonly<Record<string, string>>
  /** The parsed body where it is JSON, else its text; undefined when there is none. */
  readonly body: unknown
}

/** What one method of an Apex REST class does; its result is the JSON answer, undefined one of 204. */
export type ApexMethod = (call: ApexCall, org: OrgAccess) => unknown

/**
 * A class with `@RestResource` of the emulated org (Apex Developer Guide, "Exposing Apex Classes as REST Web Services").
 * Each method runs in a transaction; what it throws undoes it and answers 500 APEX_ERROR.
 */
export interface ApexResource {
  /** Path below /services/apexrest; a `*` at its end stands for any further path. */
  readonly urlMapping: string
  readonly get?: ApexMethod
  readonly post?: ApexMethod
  readonly put?: ApexMethod
  readonly patch?: ApexMethod
  readonly delete?: ApexMethod
}
