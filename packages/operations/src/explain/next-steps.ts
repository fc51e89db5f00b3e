/**
 * What to do about an error code of Salesforce, in one sentence for somebody who runs a flow. Codes that are not
 * here get the advice of their family.
 */
export const nextSteps: Readonly<Record<string, string>> = {
  API_DISABLED_FOR_ORG: 'Ask the administrator to enable the API for this org and this user.',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'A trigger or flow in Salesforce refused the record; its text above says why.',
  CONCURRENT_LIMIT: 'Run fewer long requests at the same time, or run again in a minute.',
  DUPLICATES_DETECTED: 'Change the record that is already there, or let the duplicate rule allow the save.',
  DUPLICATE_VALUE: 'Use a value that no other record has, or upsert by this field instead of creating.',
  ENTITY_IS_DELETED: 'The record is in the recycle bin: restore it or use another one.',
  FIELD_CUSTOM_VALIDATION_EXCEPTION:
    'A validation rule of the object refused the record; change the fields that its text names.',
  FIELD_INTEGRITY_EXCEPTION: 'Correct the fields named above; together they are not allowed.',
  INSUFFICIENT_ACCESS_OR_READONLY: 'Give the user of this connection the right to change this record.',
  INVALID_CROSS_REFERENCE_KEY: 'The record that an Id points to is missing or hidden from this user; check the Id.',
  INVALID_FIELD:
    'Check the API name of the field (custom ones end in __c) and that the user of this connection may see it.',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'Leave this field out; Salesforce sets it itself or does not let this user set it.',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'Use one of the values of the picklist, spelled exactly as in Salesforce.',
  INVALID_SESSION_ID: 'Sign in again: renew the access token, or use a connection that renews itself.',
  INVALID_TYPE:
    'Check the API name of the object (custom ones end in __c) and that the user of this connection may see it.',
  INVALIDENTITY: 'Check the API name of the object; this one is not open to bulk jobs.',
  JSON_PARSER_ERROR:
    'Give the field a value of its own type: a number without quotes, true or false, a date as 2026-11-22.',
  MALFORMED_CSV: 'Correct the quotes of that line in the CSV file and load it again.',
  MALFORMED_ID: 'Use an Id of this object, 15 or 18 characters long.',
  MALFORMED_QUERY: 'Correct the SOQL at the row and column that the text names.',
  NOT_FOUND: 'Check the Id, the external ID and the path; the record may have been deleted.',
  QUERY_TIMEOUT: 'Make the query more selective, or run it as a bulk query.',
  REQUEST_LIMIT_EXCEEDED:
    'The daily API requests of the org are used up: run again tomorrow, or ask for a higher limit.',
  REQUIRED_FIELD_MISSING: 'Give a value to the required fields named above.',
  SERVER_UNAVAILABLE: 'Salesforce is busy or in maintenance; run again in a few minutes.',
  STRING_TOO_LONG: 'Shorten the text of the field named above.',
  UNABLE_TO_LOCK_ROW: 'Somebody else was changing the same records; run again, or load rows of one parent together.',
}

/** Advice for the OAuth and SOAP login codes, which end in an `AuthenticationError`. */
export const loginSteps: Readonly<Record<string, string>> = {
  invalid_client: 'Check the consumer secret of the connected app in the credentials.',
  invalid_client_id: 'Check the consumer key of the connected app in the credentials.',
  invalid_grant:
    'Check user name, key and audience in the credentials, and that the user has approved the connected app.',
  invalid_app_access: 'Ask the administrator to let this user use the connected app.',
  inactive_user: 'Ask the administrator to activate the user of this connection.',
  INVALID_LOGIN:
    'Check user name, password and security token in the credentials; nothing was tried twice, so no lock-out is near.',
  LOGIN_MUST_USE_SECURITY_TOKEN:
    'Append the security token of the user in the credentials, or allow this network in Salesforce.',
  unsupported_grant_type: 'Enable this login flow in the connected app.',
}
