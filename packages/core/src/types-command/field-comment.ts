import type { FieldDescribe } from '../sobject/describe.ts'
import { docComment } from './doc-comment.ts'

/** What a reader wants to know of a field and its type does not say: label, kind, size, targets, help text. */
export function fieldComment(field: FieldDescribe): string {
  const facts = [kind(field)]
  if (field.externalId) facts.push('external ID')
  if (field.unique) facts.push('unique')
  if (field.calculated === true) facts.push('calculated')
  const help = field.inlineHelpText ? ` ${field.inlineHelpText}` : ''
  return docComment('  ', `${field.label} (${facts.join(', ')}).${help}`)
}

function kind({ type, length, precision, scale, referenceTo }: FieldDescribe): string {
  switch (type) {
    case 'reference':
      return referenceTo.length === 0 ? type : `reference to ${referenceTo.join(' or ')}`
    case 'date':
      return `${type}, as YYYY-MM-DD`
    case 'multipicklist':
      return `${type}, values joined by ;`
    case 'id':
    case 'picklist':
      return type
    default:
      if (typeof precision === 'number' && precision > 0)
        return `${type}, ${precision} digits, ${scale} of them decimals`
      return length > 0 ? `${type}, at most ${length} characters` : type
  }
}
