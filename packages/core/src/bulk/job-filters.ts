import { checkedChoice, checkedFlag, checkedOptions } from '../check.ts'

/** `V2Ingest` and `V2Query` are jobs of Bulk API 2.0, `Classic` is one of Bulk API 1.0. */
export type JobType = 'V2Ingest' | 'V2Query' | 'Classic' | 'BigObjectIngest'

/** Which jobs to list; Salesforce knows no other filters ("Get Information About All Jobs"). */
export interface JobFilters {
  /** Default: Salesforce lists jobs of Bulk API 1.0 as well. */
  readonly jobType?: JobType | undefined
  /** Salesforce has only parallel jobs for now. */
  readonly concurrencyMode?: 'parallel' | undefined
  /** Only jobs of Bulk API 1.0 that split queries by Id. */
  readonly isPkChunkingEnabled?: boolean | undefined
}

/** @throws ConfigurationError that names the filter. */
export function checkedFilters(filters: JobFilters | undefined): JobFilters {
  const given = checkedOptions('list', filters, ['jobType', 'concurrencyMode', 'isPkChunkingEnabled'])
  const { jobType, concurrencyMode, isPkChunkingEnabled } = given
  if (jobType !== undefined) checkedChoice('jobType', jobType, ['V2Ingest', 'V2Query', 'Classic', 'BigObjectIngest'])
  if (concurrencyMode !== undefined) checkedChoice('concurrencyMode', concurrencyMode, ['parallel'])
  if (isPkChunkingEnabled !== undefined) checkedFlag('isPkChunkingEnabled', isPkChunkingEnabled)
  return given
}
