import { checkedCall } from '../http/call-options.ts'
import type { CallOptions } from '../http/connection.ts'
import { conditionHeaders } from './conditions.ts'
import type { DescribeCache } from './describe-cache.ts'

/** What `describe` says about one field; keys that are not listed here are there too. */
export interface FieldDescribe {
  /** API name. */
  readonly name: string
  /** Name to show to people. */
  readonly label: string
  /** `string`, `picklist`, `reference`, `datetime`, ... */
  readonly type: string
  /** Most characters of a text; 0 for other types. */
  readonly length: number
  /** Whether it may be empty. */
  readonly nillable: boolean
  /** Whether it may be given when a record is created. */
  readonly createable: boolean
  /** Whether it may be changed. */
  readonly updateable: boolean
  /** Whether Salesforce fills it when a new record leaves it out. */
  readonly defaultedOnCreate: boolean
  /** Whether it is marked as an external ID. */
  readonly externalId: boolean
  /** Whether upsert can find records by it. */
  readonly idLookup: boolean
  /** Whether no two records may have the same value. */
  readonly unique: boolean
  /** Whether the org added it. */
  readonly custom: boolean
  /** Whether Salesforce computes it: a formula, a roll-up. */
  readonly calculated: boolean
  /** Digits of a number, those after the point included. */
  readonly precision: number
  /** Digits after the point. */
  readonly scale: number
  /** The help that people see beside the field. */
  readonly inlineHelpText: string | null
  /** Whether other values than those of the picklist are refused. */
  readonly restrictedPicklist: boolean
  /** API names of the objects that a reference can name; several for a polymorphic one. */
  readonly referenceTo: readonly string[]
  /** The word that leads to the referenced record in SOQL. */
  readonly relationshipName: string | null
  /** Its values, inactive ones too. */
  readonly picklistValues: readonly { readonly value: string; readonly label: string; readonly active: boolean }[]
  readonly [key: string]: unknown
}

/** What `describe` says about an object; keys that are not listed here are there too. */
export interface SObjectDescribe extends SObjectSummary {
  /** Its fields that the user may see. */
  readonly fields: readonly FieldDescribe[]
  /** References of other objects to this one. */
  readonly childRelationships: readonly {
    readonly childSObject: string
    readonly field: string
    readonly relationshipName: string | null
  }[]
}

/** One object in the list of all objects; keys that are not listed here are there too. */
export interface SObjectSummary {
  /** API name. */
  readonly name: string
  /** Name to show to people. */
  readonly label: string
  /** Name to show to people for many records. */
  readonly labelPlural: string
  /** The first three characters of its Ids. */
  readonly keyPrefix: string | null
  /** Whether the org added it. */
  readonly custom: boolean
  /** Whether SOQL can read it. */
  readonly queryable: boolean
  /** Whether the user may create records. */
  readonly createable: boolean
  /** Whether the user may change records. */
  readonly updateable: boolean
  /** Whether the user may delete records. */
  readonly deletable: boolean
  readonly [key: string]: unknown
}

/** All objects that the user may see. */
export interface GlobalDescribe {
  /** `UTF-8` */
  readonly encoding: string
  /** Most records of a call of the SOAP API: 200. */
  readonly maxBatchSize: number
  /** The objects. */
  readonly sobjects: readonly SObjectSummary[]
}

/** Options of a describe that may answer "not changed". */
export interface DescribeIfChanged extends CallOptions {
  /** The describe only if the object was changed after this time (whole seconds); else it is `undefined`. */
  readonly ifModifiedSince: Date
}

/**
 * Reads the describe at a path: by way of the cache, or by the caller's own condition.
 *
 * @param list - Name of the list that the describe must hold.
 */
export async function readDescribe<T extends object>(
  cache: DescribeCache,
  path: string,
  list: 'fields' | 'sobjects',
  options: CallOptions | DescribeIfChanged | undefined,
): Promise<T | undefined> {
  const { ifModifiedSince, ...call } = checkedCall<Partial<DescribeIfChanged>>(options, 'describe', ['ifModifiedSince'])
  if (ifModifiedSince === undefined) return cache.read<T>(path, list, call)
  return cache.ask<T>(path, list, { ...call, headers: { ...conditionHeaders({ ifModifiedSince }), ...call.headers } })
}
