import type { DefaultedParameter, RequiredParameter } from '../operation.ts'

/** Salesforce keeps ingest and query jobs on two roads; an Id alone does not say which. */
export const jobKind: DefaultedParameter<'choice'> = {
  kind: 'choice',
  label: 'Job Type',
  description: 'Whether the job loads records or reads them',
  default: 'ingest',
  options: [
    { value: 'ingest', label: 'Ingest' },
    { value: 'query', label: 'Query' },
  ],
}

export const jobId: RequiredParameter<'record-id'> = {
  kind: 'record-id',
  label: 'Job ID',
  description: 'Id of the bulk job, as the start of a job or a bulk trigger gives it',
  required: true,
  placeholder: '7505e00000AbCdEAAV',
}
