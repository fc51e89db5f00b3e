/** What `describe` says about one field; keys that are not listed here are there too. */
export interface FieldDescribe {
  readonly name: string
  readonly label: string
  /** `string`, `picklist`, `reference`, `datetime`, ... */
  readonly type: string
  readonly length: number
  readonly nillable: boolean
  readonly createable: boolean
  readonly updateable: boolean
  readonly defaultedOnCreate: boolean
  readonly externalId: boolean
  readonly idLookup: boolean
  readonly unique: boolean
  readonly custom: boolean
  readonly referenceTo: readonly string[]
  readonly relationshipName: string | null
  readonly picklistValues: readonly { readonly value: string; readonly label: string; readonly active: boolean }[]
  readonly [key: string]: unknown
}

/** What `describe` says about an object; keys that are not listed here are there too. */
export interface SObjectDescribe extends SObjectSummary {
  readonly fields: readonly FieldDescribe[]
  readonly childRelationships: readonly {
    readonly childSObject: string
    readonly field: string
    readonly relationshipName: string | null
  }[]
}

/** One object in the list of all objects; keys that are not listed here are there too. */
export interface SObjectSummary {
  readonly name: string
  readonly label: string
  readonly labelPlural: string
  readonly keyPrefix: string | null
  readonly custom: boolean
  readonly queryable: boolean
  readonly createable: boolean
  readonly updateable: boolean
  readonly deletable: boolean
  readonly [key: string]: unknown
}

/** All objects that the user may see. */
export interface GlobalDescribe {
  readonly encoding: string
  readonly maxBatchSize: number
  readonly sobjects: readonly SObjectSummary[]
}

/** Ids of records that were created or changed in a span of time. */
export interface UpdatedRecords {
  readonly ids: readonly string[]
  /** Pass it as the next `start`. */
  readonly latestDateCovered: string
}

/** Records that were deleted in a span of time. */
export interface DeletedRecords {
  readonly deletedRecords: readonly { readonly id: string; readonly deletedDate: string }[]
  readonly earliestDateAvailable: string
  /** Pass it as the next `start`. */
  readonly latestDateCovered: string
}
