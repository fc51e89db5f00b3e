import { checkedId, checkedTexts, refuse } from '../check.ts'

/** @throws ConfigurationError for what is no Id. */
export function checkedJobId(id: unknown): string {
  return checkedId('The Id of the bulk job', id)
}

/** @throws ConfigurationError for what is no list of the Ids of different jobs. */
export function checkedJobIds(ids: readonly unknown[]): readonly string[] {
  const name = 'The Ids of the bulk jobs'
  const checked = checkedTexts(name, ids, 'Ids', checkedId)
  // An Id of 18 characters begins with the 15 that say which job it is.
  if (checked.length > 0 && new Set(checked.map((id) => id.slice(0, 15))).size === checked.length) return checked
  return refuse(name, 'a list of at least one Id, each of them once', ids)
}
