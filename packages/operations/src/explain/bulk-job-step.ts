/** What to do when a whole bulk job failed. Its only reason is a text, whose code-like beginnings are stable. */
export function bulkJobStep(message: string): string {
  const field = /Field name not found\s*:\s*(\w+(?:\.\w+)*)/i.exec(message)?.[1]
  if (field !== undefined) {
    return `Rename or remove the column ${field}, or create that field in Salesforce; no row of the job was loaded.`
  }
  if (/LineEnding is invalid/i.test(message)) return 'Save the CSV file with the line ending that the job was given.'
  if (/InvalidBatch/.test(message))
    return 'Correct the columns of the input; the rows of the job that were not tried are its unprocessed rows.'
  if (/aborted/i.test(message)) return 'Somebody ended the job; start it again with its unprocessed rows.'
  return 'Look at the job in Salesforce Setup under Bulk Data Load Jobs; rows that were not tried are its unprocessed rows.'
}

/** Salesforce's code at the head of a job's reason: `InvalidBatch : Field name not found : X__c`. */
export function bulkJobCode(message: string): string | undefined {
  return /: (\w+) ?: /.exec(message)?.[1]
}
