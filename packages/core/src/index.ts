/**
 * The Salesforce client for Node: undici, the machine's clock and node:zlib are wired in.
 *
 * @module
 */
export type { ActionResult } from './actions/action-result.ts'
export type {
  ActionDescribe,
  ActionParameter,
  ActionSummary,
  Actions,
  Flows,
  InvokeOptions,
} from './actions/actions.ts'
export type { Apex, ApexOptions, ApexPath } from './apex/apex.ts'
export { defaultApiVersion, normalizeApiVersion } from './api-version.ts'
export type {
  ApprovalDecision,
  ApprovalProcess,
  ApprovalResult,
  ApprovalSubmission,
  Approvals,
} from './approvals/approvals.ts'
export { type AccessTokenOptions, accessToken } from './auth/access-token.ts'
export type { Auth, Login, LoginContext, LoginRequest } from './auth/auth.ts'
export { type AuthorizationCodeOptions, authorizationCode } from './auth/authorization-code.ts'
export { type AuthorizationUrlOptions, authorizationUrl } from './auth/authorization-url.ts'
export { type ClientCredentialsOptions, clientCredentials } from './auth/client-credentials.ts'
export { custom } from './auth/custom.ts'
export { type DeviceCode, type DeviceFlowOptions, deviceFlow } from './auth/device-flow.ts'
export { hostAuth } from './auth/host-auth.ts'
export { type JwtBearerOptions, jwtBearer } from './auth/jwt-bearer.ts'
export type { OAuthTokens, OnTokens } from './auth/oauth-tokens.ts'
export { type ProofKey, proofKey } from './auth/proof-key.ts'
export { type RefreshTokenOptions, refreshToken } from './auth/refresh-token.ts'
export { type SoapLoginOptions, soapLogin } from './auth/soap-login.ts'
export { type UsernamePasswordOptions, usernamePassword } from './auth/username-password.ts'
export type { Bulk, Jobs } from './bulk/bulk.ts'
export type { CheckpointJob, CheckpointOptions, IngestCheckpoint } from './bulk/checkpoint.ts'
export type { BulkIncrement, IncrementOptions } from './bulk/increment.ts'
export type { BulkIngest, IngestSummary } from './bulk/ingest.ts'
export type { IngestCounts } from './bulk/ingest-ledger.ts'
export type { IngestOptions } from './bulk/ingest-options.ts'
export type { RowRange } from './bulk/ingest-part.ts'
export type { FailedRow, IngestResult, IngestResults, SuccessfulRow } from './bulk/ingest-results.ts'
export type { IngestSource } from './bulk/ingest-source.ts'
export type { IngestJob, IngestOperation, JobState, QueryJob } from './bulk/job.ts'
export type { JobFilters, JobType } from './bulk/job-filters.ts'
export type { BulkProgress, ProgressListener } from './bulk/progress.ts'
export type { BulkQuery } from './bulk/query.ts'
export type { BulkQueryOptions, QueryReadOptions } from './bulk/query-options.ts'
export type { QueryResults } from './bulk/query-results.ts'
export type { ResumeOptions } from './bulk/resume.ts'
export type { Scratch, ScratchStore } from './bulk/scratch.ts'
export type {
  Collections,
  CollectionsOptions,
  ExternalIdFieldOf,
  RetrieveOptions,
} from './collections/collections.ts'
export type { RowResult } from './collections/row-result.ts'
export type { Rows } from './collections/rows.ts'
export type { Batch, BatchOptions } from './composite/batch.ts'
export type { Composite, CompositeOptions } from './composite/composite.ts'
export type { CompositeGraph, GraphResult } from './composite/graph.ts'
export type { GraphCall, GraphOptions } from './composite/graph-call.ts'
export { Reference, type ReferenceStep, type WithReferences } from './composite/reference.ts'
export type { UnansweredSubrequest } from './composite/send-chunks.ts'
export type { Subrequest, SubrequestResult } from './composite/subrequest.ts'
export type { SubrequestCollections, SubrequestCollectionsOptions } from './composite/subrequest-collections.ts'
export type { SubrequestOptions } from './composite/subrequest-list.ts'
export type { QueryRecords, SubrequestQueryOptions } from './composite/subrequest-query.ts'
export type {
  SubrequestExternalId,
  SubrequestGetOptions,
  SubrequestKey,
  SubrequestRecords,
  SubrequestUpsertOptions,
  SubrequestWriteOptions,
} from './composite/subrequest-records.ts'
export type { RawSubrequest } from './composite/subrequest-request.ts'
export type { Unanswered } from './composite/unanswered.ts'
export type { ColumnDelimiter, LineEnding } from './csv/dialect.ts'
export type { AnySalesforceError } from './errors/any-salesforce-error.ts'
export { ApiError, type ApiErrorDetail, NotFoundError, SessionError } from './errors/api-error.ts'
export { AuthenticationError } from './errors/authentication-error.ts'
export { BulkJobError } from './errors/bulk-job-error.ts'
export { ConfigurationError } from './errors/configuration-error.ts'
export { LimitError } from './errors/limit-error.ts'
export { DuplicateError, type DuplicateMatch, MultipleMatchesError } from './errors/match-errors.ts'
export { PartialFailureError, type SaveResult } from './errors/partial-failure-error.ts'
export { ProtocolError } from './errors/protocol-error.ts'
export { type FailedRequest, SalesforceError, type SalesforceErrorCode } from './errors/salesforce-error.ts'
export { TimeoutError, TransportError } from './errors/transport-error.ts'
export type { Listener, SalesforceEvents } from './events.ts'
export type { BlobRecord } from './files/blob-record.ts'
export type {
  FileDownload,
  FileLink,
  FileUpload,
  FileVersion,
  FileVisibility,
  LinkOptions,
  ShareType,
  UploadedFile,
} from './files/file.ts'
export type { ByteStream, FileData } from './files/file-data.ts'
export type { FileAddress, Files } from './files/files.ts'
export type { LinkFilter } from './files/links.ts'
export type { ApiResponse, CallOptions, Clock, Gzip, Replay, RequestBody } from './http/connection.ts'
export { salesforceOrigin } from './http/host-rules.ts'
export type { Middleware, MiddlewareRequest } from './http/middleware.ts'
export { defaultRetryPolicy, type RetryOptions, type RetryPolicy, type RetryRule } from './http/retry-policy.ts'
export type { Method, Transport, TransportRequest, TransportResponse } from './http/transport.ts'
export type { ApiUsage } from './http/usage.ts'
export type { ApiVersion, OrgLimit, UserInfo } from './org.ts'
export type { PlatformEvents, PublishResult } from './platform-events/platform-events.ts'
export { formatSoql } from './query/format-soql.ts'
export type { CountOptions, QueryOptions, QueryPlan } from './query/query-result.ts'
export type { DataCategoryFilter, ParameterizedSearch, SearchedObject } from './query/search-parameters.ts'
export { type SoqlTag, soql } from './query/soql.ts'
export { SoqlText, type SoqlValue } from './query/soql-text.ts'
export { sosl } from './query/sosl.ts'
export type { RawRequest, RawResponse } from './raw-request.ts'
export type { Page, RecordStream } from './record-stream.ts'
export type {
  ReportAnswer,
  ReportCell,
  ReportDescribe,
  ReportFacts,
  ReportFilter,
  ReportGrouping,
  ReportInstance,
  ReportMetadata,
  ReportResults,
  ReportSummary,
} from './reports/report.ts'
export type { ReportOptions, Reports, RunReportOptions } from './reports/reports.ts'
export type {
  AnyFields,
  CreateOf,
  ExternalIdOf,
  FieldOf,
  FieldsToWrite,
  ObjectType,
  RecordKeyOf,
  RecordOf,
  Schema,
  UpdateOf,
  ValueToWrite,
} from './schema.ts'
export type { ClientOptions, Logger, PortableOptions } from './settings.ts'
export type { BlobContent } from './sobject/blob.ts'
export type { DeletedRecords, UpdatedRecords } from './sobject/changes.ts'
export type { ChangeConditions, IfChanged, RecordConditions } from './sobject/conditions.ts'
export type {
  DescribeIfChanged,
  FieldDescribe,
  GlobalDescribe,
  SObjectDescribe,
  SObjectSummary,
} from './sobject/describe.ts'
export type { ExternalIdKey, RecordKey } from './sobject/record-key.ts'
export type { RelatedOptions } from './sobject/related.ts'
export type { GetOptions, SObject, UpdateOptions, UpsertOptions } from './sobject/sobject.ts'
export type { DuplicateRuleOptions, WriteOptions } from './sobject/write-options.ts'
export type { Tree, TreeOptions, TreeRecord } from './tree/tree.ts'
export type { TreeResult } from './tree/tree-result.ts'
export { customClock, customRandom, customTransport, Salesforce, type SalesforceOptions } from './undici/salesforce.ts'
