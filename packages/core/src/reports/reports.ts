import {
  checkedCharacters,
  checkedFlag,
  checkedId,
  checkedList,
  checkedObject,
  checkedOptions,
  checkedText,
  refuse,
} from '../check.ts'
import { ApiError } from '../errors/api-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { checkedCall } from '../http/call-options.ts'
import type { ApiRequest, CallOptions, Connection } from '../http/connection.ts'
import { expectedList, expectedObject, expectedText } from '../http/expected.ts'
import { pathOf } from '../http/path.ts'
import { checkedJson } from '../sobject/record-body.ts'
import type {
  ReportAnswer,
  ReportDescribe,
  ReportFilter,
  ReportInstance,
  ReportMetadata,
  ReportResults,
  ReportSummary,
} from './report.ts'
import { reportRows } from './report-rows.ts'

/** How to run a report. Nothing of it is saved in the report. */
export interface ReportOptions extends CallOptions {
  /** Detail rows beside the totals. Default true; Salesforce's own default is false. */
  readonly includeDetails?: boolean | undefined
  /** Replaces the filters of the report. */
  readonly filters?: readonly ReportFilter[] | undefined
  /** Replaces any other part of the report's definition: `reportBooleanFilter`, `detailColumns`, `groupingsDown`, ... */
  readonly metadata?: Partial<ReportMetadata> | undefined
}

/** Options of `run`. */
export interface RunReportOptions extends ReportOptions {
  /**
   * Lets Salesforce run the report in the background and waits for it, however long it takes; a synchronous run ends
   * after two minutes. Default false.
   */
  readonly asynchronous?: boolean | undefined
}

/**
 * Reports (Reports and Dashboards REST API). A run answers at most 2,000 detail rows; where there are more, `allData`
 * is false and a `warning` event says so.
 */
export interface Reports {
  /** Up to 200 reports that the user viewed lately; a query on `Report` finds all. */
  list(call?: CallOptions): Promise<ReportSummary[]>
  /** Columns, groupings, filters and what they may be. */
  describe(id: string, call?: CallOptions): Promise<ReportDescribe>
  /**
   * Runs a report.
   *
   * @throws ApiError when Salesforce refuses it, or an asynchronous run ends as `Error`.
   */
  run(id: string, options?: RunReportOptions): Promise<ReportResults>
  /** Starts a run in the background, without waiting. */
  start(id: string, options?: ReportOptions): Promise<ReportInstance>
  /** Results of a run in the background; `attributes.status` tells whether they are there already. */
  instance(id: string, instanceId: string, call?: CallOptions): Promise<ReportResults>
  /** Runs in the background that Salesforce still keeps. */
  instances(id: string, call?: CallOptions): Promise<ReportInstance[]>
  /** Deletes the results of a run that has come to its end. The report stays. */
  deleteInstance(id: string, instanceId: string, call?: CallOptions): Promise<void>
}

/** Milliseconds between looks at a run in the background: the first, and the longest, at half as much again each. */
const firstLook = 500
const longestLook = 10_000

const optionNames = ['includeDetails', 'filters', 'metadata'] as const

/** Makes the reports of a client. */
export function createReports(connection: Connection): Reports {
  const root = `${connection.dataPath}/analytics/reports`
  const pathTo = (id: string): string => pathOf(root, checkedId('id', id))
  const instancePath = (id: string, instanceId: string): string =>
    pathOf(`${pathTo(id)}/instances`, checkedId('instanceId', instanceId))
  const read = <T>(path: string, call?: CallOptions): Promise<T> =>
    connection.json<T>({ method: 'GET', path, replay: 'always' }, call)

  async function runNow(id: string, options: ReportOptions): Promise<ReportResults> {
    const { request, call } = reportRequest(pathTo(id), options)
    return results(connection, await connection.json<ReportAnswer>({ ...request, replay: 'always' }, call))
  }

  async function start(id: string, options?: ReportOptions): Promise<ReportInstance> {
    const checked = checkedCall(options, 'start', optionNames)
    const { request, call } = reportRequest(`${pathTo(id)}/instances`, checked)
    const instance = await connection.json<ReportInstance>({ ...request, method: 'POST', replay: 'if-unsent' }, call)
    expectedText('reports.start', instance, 'id')
    return instance
  }

  async function runInBackground(id: string, options: ReportOptions): Promise<ReportResults> {
    const { signal, timeout, headers, retry } = options
    const call: CallOptions = { signal, timeout, headers, retry }
    const { id: instanceId } = await start(id, options)
    for (let delay = firstLook; ; delay = Math.min(delay * 1.5, longestLook)) {
      await connection.clock.sleep(delay, signal)
      const answer = await read<ReportAnswer>(instancePath(id, instanceId), call)
      const { status } = expectedObject<ReportAnswer['attributes']>('The run of the report', answer, 'attributes')
      if (status === 'Error') throw failedRun(instancePath(id, instanceId))
      if (status !== 'New' && status !== 'Running') return results(connection, answer)
    }
  }

  return {
    list: async (call) => expectedList('reports.list', await read(root, call)),
    describe: async (id, call) => {
      const answer = await read<ReportDescribe>(`${pathTo(id)}/describe`, call)
      expectedObject('reports.describe', answer, 'reportMetadata')
      return answer
    },
    run: async (id, options) => {
      const { asynchronous = false, ...others } = checkedCall(options, 'run', [...optionNames, 'asynchronous'])
      return checkedFlag('asynchronous', asynchronous) ? runInBackground(id, others) : runNow(id, others)
    },
    start,
    instance: async (id, instanceId, call) => results(connection, await read(instancePath(id, instanceId), call)),
    instances: async (id, call) => expectedList('reports.instances', await read(`${pathTo(id)}/instances`, call)),
    deleteInstance: async (id, instanceId, call) => {
      await connection.json({ method: 'DELETE', path: instancePath(id, instanceId), replay: 'always' }, call)
    },
  }
}

interface ReportRequest {
  readonly request: Omit<ApiRequest, 'replay'>
  readonly call: CallOptions
}

function reportRequest(path: string, options: ReportOptions): ReportRequest {
  const { includeDetails = true, filters, metadata, ...call } = options
  const query = { includeDetails: checkedFlag('includeDetails', includeDetails) }
  if (filters === undefined && metadata === undefined) return { request: { method: 'GET', path, query }, call }
  const changes = metadata === undefined ? {} : checkedMetadata(metadata)
  const reportFilters = filters === undefined ? {} : { reportFilters: checkedFilters(filters) }
  const body = { json: { reportMetadata: { ...changes, ...reportFilters } } }
  return { request: { method: 'POST', path, query, body }, call }
}

function checkedMetadata(metadata: unknown): object {
  return checkedJson('metadata', checkedObject('metadata', metadata, 'an object of report metadata')) as object
}

function checkedFilters(filters: readonly ReportFilter[]): readonly ReportFilter[] {
  return checkedList<ReportFilter>('filters', filters, 'filters').map((filter, index) => {
    const name = `filters[${index}]`
    const { column, operator, value } = checkedOptions(name, filter, ['column', 'operator', 'value'])
    if (typeof value !== 'string') return refuse(`${name}.value`, 'a text', value)
    return {
      column: checkedText(`${name}.column`, column),
      operator: checkedText(`${name}.operator`, operator),
      value: checkedCharacters(`${name}.value`, value),
    }
  })
}

function results(connection: Connection, answer: ReportAnswer): ReportResults {
  const { status } = expectedObject<ReportAnswer['attributes']>('The report', answer, 'attributes')
  if (status !== 'New' && status !== 'Running') expectedObject('The report', answer, 'reportMetadata')
  if (answer.allData === false) {
    const { name, id } = expectedObject<ReportMetadata>('The report', answer, 'reportMetadata')
    connection.warn(
      `The report ${name} (${id}) has more rows than the 2,000 that Salesforce answers; filter it, or query its objects instead.`,
    )
  }
  return { ...answer, rows: () => readableRows(answer) }
}

/** The fact map is deep, and whatever is missing in it shows only when it is walked. */
function readableRows(answer: ReportAnswer): ReturnType<typeof reportRows> {
  try {
    return reportRows(answer)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new ProtocolError('The report succeeded, but its fact map is not what Salesforce promises', { cause })
  }
}

function failedRun(path: string): ApiError {
  const message = `GET ${path}: the run of the report ended as Error; the user may have lost access to it.`
  const request = { method: 'GET', path, attempts: 1 }
  return new ApiError(message, { status: 200, errors: [{ errorCode: '', message, fields: [] }], request })
}
