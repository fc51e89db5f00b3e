export type { FailedBulkRow } from './bulk/failed-row.ts'
export { type Explanation, explain } from './explain/explain.ts'
export type {
  FailedRow,
  Operation,
  OperationContext,
  Parameter,
  ParameterKind,
  Parameters,
  ParameterValues,
  Progress,
  Row,
  RowInput,
} from './operation.ts'
export { findOperation, operations, operationsOf } from './operations.ts'
export { isShown, settleParameters } from './parameters/settle-parameters.ts'
export { type Resource, resources } from './resources.ts'
export type { FinishedJob } from './watch/finished-job.ts'
export { finishedJobs, newestFinishedJob, type WatchOptions, type WatchState } from './watch/finished-jobs.ts'
