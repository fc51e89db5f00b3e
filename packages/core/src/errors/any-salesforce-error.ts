import type { ApiError, NotFoundError, SessionError } from './api-error.ts'
import type { AuthenticationError } from './authentication-error.ts'
import type { BulkJobError } from './bulk-job-error.ts'
import type { ConfigurationError } from './configuration-error.ts'
import type { LimitError } from './limit-error.ts'
import type { DuplicateError, MultipleMatchesError } from './match-errors.ts'
import type { PartialFailureError } from './partial-failure-error.ts'
import type { ProtocolError } from './protocol-error.ts'
import type { TimeoutError, TransportError } from './transport-error.ts'

/** Every error class as one union, so that `switch (error.code)` narrows. */
export type AnySalesforceError =
  | ConfigurationError
  | TransportError
  | TimeoutError
  | AuthenticationError
  | ApiError
  | SessionError
  | LimitError
  | NotFoundError
  | MultipleMatchesError
  | DuplicateError
  | PartialFailureError
  | BulkJobError
  | ProtocolError
