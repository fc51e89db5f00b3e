import type { FieldType } from '../schema/types.ts'

/** A query ready to run: SQL with bound values, and how its columns become an answer. */
export interface CompiledQuery {
  /** `count` answers only a number, `aggregate` rows without a record behind them. */
  readonly kind: 'count' | 'aggregate' | 'records'
  /** Name of the object in FROM. */
  readonly object: string
  /** SQL for node:sqlite. A child query takes the parent's Id as its first parameter. */
  readonly sql: string
  readonly parameters: readonly (string | number | null)[]
  /** Column that holds the record's Id; undefined unless `kind` is `records`. */
  readonly id: string | undefined
  readonly outputs: readonly Output[]
  /** What FOR VIEW and FOR REFERENCE leave in the records that are answered; nothing when absent. */
  readonly leaves?: 'LastViewedDate' | 'LastReferencedDate' | undefined
}

/** What one entry of a field list becomes in the answer. `column` names a column of the SQL result. */
export type Output =
  | ValueOutput
  | { readonly kind: 'compound'; readonly name: string; readonly parts: readonly ValueOutput[] }
  | ParentOutput
  | TypeofOutput
  | { readonly kind: 'children'; readonly name: string; readonly query: CompiledQuery }

/** A stored value under its name. */
export interface ValueOutput {
  readonly kind: 'value'
  readonly name: string
  readonly type: FieldType
  readonly column: string
  /** True where FORMAT() makes it a text. */
  readonly localized?: boolean
}

/** A polymorphic parent of which the fields differ by object; null where no branch is meant for it. */
export interface TypeofOutput {
  readonly kind: 'typeof'
  readonly name: string
  /** Column with the parent's Id. */
  readonly id: string
  /** Column with the name of its object. */
  readonly object: string
  /** What to show of each object; `object` is undefined for ELSE. */
  readonly branches: readonly { readonly object: string | undefined; readonly outputs: readonly Output[] }[]
}

/** A parent record: null in the answer where its Id column is null. */
export interface ParentOutput {
  readonly kind: 'parent'
  readonly name: string
  /** Column with the parent's Id. */
  readonly id: string
  /** Column with the name of the object, which differs by row for a polymorphic reference. */
  readonly object: string
  readonly outputs: readonly Output[]
}
