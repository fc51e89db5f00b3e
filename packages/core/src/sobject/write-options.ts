import { checkedFlag, checkedId, checkedOptions, refuse } from '../check.ts'
import type { CallOptions } from '../http/connection.ts'

/** How duplicate rules treat a record ("Duplicate Rule Header" of the REST API guide, API 52.0 and later). */
export interface DuplicateRuleOptions {
  /** Saves the record although a rule raises an alert; a rule that blocks still blocks. Default false. */
  readonly allowSave?: boolean | undefined
  /** The error tells all fields of the records that match, not only their Ids. Default false. */
  readonly includeRecordDetails?: boolean | undefined
  /** Looks for duplicates with the sharing rules of the user instead of those of the system. Default false. */
  readonly runAsCurrentUser?: boolean | undefined
}

/** Options of every call that creates or changes records. */
export interface WriteOptions extends CallOptions {
  /**
   * True applies the active assignment rules to accounts, cases and leads, false applies none, an Id applies that rule
   * ("Assignment Rule Header"). Default: Salesforce's own, which is true, so that owners may change.
   */
  readonly assignmentRule?: boolean | string | undefined
  /** How duplicate rules treat the record. */
  readonly duplicateRule?: DuplicateRuleOptions | undefined
  /**
   * Whether the records join the list of recently used ones ("MRU Header", API 60.0 and later). Default: Salesforce's
   * own, which is true; Salesforce advises false for users that only make API calls.
   */
  readonly updateMru?: boolean | undefined
}

/** Names of the options that a call that writes has beside those of every call, for `checkedCall`. */
export const writeOptionNames: readonly Exclude<keyof WriteOptions, keyof CallOptions>[] = [
  'assignmentRule',
  'duplicateRule',
  'updateMru',
]

const duplicateRuleNames = ['allowSave', 'includeRecordDetails', 'runAsCurrentUser'] as const

/**
 * The headers that say what the options say, in the spelling of the REST API guide; empty when they say nothing. For
 * `headers` of a call and for `httpHeaders` of a subrequest.
 *
 * @throws ConfigurationError that names the option.
 */
export function writeHeaders(options: WriteOptions): Readonly<Record<string, string>> {
  const { assignmentRule, duplicateRule, updateMru } = options
  const headers: Record<string, string> = {}
  if (assignmentRule !== undefined) headers['Sforce-Auto-Assign'] = autoAssign(assignmentRule)
  const duplicates = duplicateRule === undefined ? '' : duplicateRules(duplicateRule)
  if (duplicates !== '') headers['Sforce-Duplicate-Rule-Header'] = duplicates
  if (updateMru !== undefined) headers['Sforce-Mru'] = `updateMru=${checkedFlag('updateMru', updateMru)}`
  return headers
}

/** The options that the connection takes: those of every call, with the headers of {@link writeHeaders}. */
export function writeCall(options: WriteOptions): CallOptions {
  const { signal, timeout, headers, retry } = options
  return { signal, timeout, headers: { ...writeHeaders(options), ...headers }, retry }
}

function autoAssign(rule: boolean | string): string {
  if (typeof rule === 'boolean') return rule ? 'TRUE' : 'FALSE'
  if (typeof rule !== 'string') return refuse('assignmentRule', 'true, false or the Id of an assignment rule', rule)
  return checkedId('assignmentRule', rule)
}

function duplicateRules(options: DuplicateRuleOptions): string {
  const given = checkedOptions('duplicateRule', options, duplicateRuleNames)
  return duplicateRuleNames
    .filter((name) => given[name] !== undefined)
    .map((name) => `${name}=${checkedFlag(`duplicateRule.${name}`, given[name])}`)
    .join('; ')
}
