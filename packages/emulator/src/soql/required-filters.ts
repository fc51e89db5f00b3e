import type { ObjectSchema } from '../schema/types.ts'
import type { ConditionTree } from './conditions.ts'
import { SoqlError } from './error.ts'

/**
 * Refuses a query of ContentDocumentLink that could find the links of all documents.
 *
 * Source: SOQL and SOSL Reference, "SOQL Limits on Objects"; the words are those of DLRS issue 433.
 *
 * @throws {@link SoqlError} MALFORMED_QUERY.
 */
export function checkFiltered({ name }: ObjectSchema, where: ConditionTree | undefined): void {
  if (name !== 'ContentDocumentLink' || (where !== undefined && isBound(where))) return
  const message =
    `Implementation restriction: ${name} requires a filter by a single Id on ContentDocumentId or LinkedEntityId using ` +
    "the equals operator or multiple Id's using the IN operator."
  throw new SoqlError('MALFORMED_QUERY', message)
}

const FIELDS: ReadonlySet<string> = new Set(['id', 'contentdocumentid', 'linkedentityid'])

function isBound(tree: ConditionTree): boolean {
  if (tree.kind === 'and') return tree.parts.some(isBound)
  if (tree.kind === 'or') return tree.parts.every(isBound)
  if (tree.kind !== 'comparison' || !('field' in tree.comparison)) return false
  const { field, operator } = tree.comparison
  const name = field.slice(field.lastIndexOf('.') + 1).toLowerCase()
  return FIELDS.has(name) && ['=', 'IN'].includes(operator.toUpperCase())
}
