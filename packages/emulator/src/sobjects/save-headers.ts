import type { IncomingHttpHeaders } from 'node:http'
import { DuplicateError, WireError } from '../errors.ts'
import type { RecordStore } from '../records/record-store.ts'

const ALLOW_SAVE = /(?:^|[;,])\s*allowSave\s*=\s*true\s*(?:$|[;,])/i

/**
 * Runs the writes of a call by what its headers say: `Sforce-Duplicate-Rule-Header: allowSave=true`, and
 * `Sforce-Auto-Assign`, which applies the active assignment rule unless it says FALSE. A duplicate becomes the answer
 * that tells which records match.
 *
 * Source: REST API Developer Guide, "Duplicate Rule Header" and "Assignment Rule Header".
 *
 * @param version API version of the call, for the paths of records that match.
 */
export function followingHeaders<T>(
  records: RecordStore,
  { headers, version }: { headers: IncomingHttpHeaders; version: string },
  work: () => T,
): T {
  const choices = {
    allowSave: ALLOW_SAVE.test(String(headers['sforce-duplicate-rule-header'] ?? '')),
    assign: String(headers['sforce-auto-assign'] ?? 'true').toLowerCase() !== 'false',
  }
  try {
    return records.choosing(choices, work)
  } catch (error) {
    throw error instanceof DuplicateError ? duplicatesDetected(error, version) : error
  }
}

/** The answer with the spelling and the keys that public clients met. */
function duplicatesDetected({ rule, object, ids, message, errorCode }: DuplicateError, version: string): WireError {
  const matchRecords = ids.map((id) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: object, url: `/services/data/v${version}/sobjects/${object}/${id}` }, Id: id },
  }))
  const matches = {
    entityType: object,
    errors: [],
    matchEngine: 'ExactMatchEngine',
    matchRecords,
    rule: rule.matchingRule,
    size: ids.length,
    success: true,
  }
  const duplicateResut = {
    allowSave: rule.action === 'alert',
    duplicateRule: rule.name,
    duplicateRuleEntityType: object,
    errorMessage: message,
    matchResults: [matches],
  }
  return new WireError(400, { duplicateResut, errorCode, message })
}
