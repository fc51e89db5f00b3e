import assert from 'node:assert/strict'
import type { Composite, Salesforce, SaveResult, Subrequest } from '@forcewire/core'
import { type CaseTest, type CaseTests, type Replay, replay } from '../replay.ts'

interface RecordedSubrequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly referenceId: string
  readonly body?: unknown
  readonly httpHeaders?: Readonly<Record<string, string>>
}

interface RecordedAnswer {
  readonly compositeResponse: readonly {
    readonly body: unknown
    readonly httpStatusCode: number
    readonly referenceId: string
  }[]
}

/** The subrequests that were recorded, or plain ones for the answers where they were not. */
function subrequests({ recorded, json }: Replay): RecordedSubrequest[] {
  const { body } = recorded.request
  try {
    if (typeof body === 'string') return JSON.parse(body).compositeRequest as RecordedSubrequest[]
  } catch {
    // One recorder's authors edited the request until it was no JSON any more.
  }
  const { compositeResponse } = json as RecordedAnswer
  return compositeResponse.map(({ referenceId }) => ({ method: 'GET', url: 'sobjects/Account/describe', referenceId }))
}

function add(composite: Composite, { method, url, referenceId, body, httpHeaders }: RecordedSubrequest): Subrequest {
  const path = url.replace('vxx.0', 'v67.0')
  return composite.request({ method, url: path, referenceId, body, ...(httpHeaders && { headers: httpHeaders }) })
}

/** Each subrequest of a composite call comes back by its referenceId, with its status and its value or error. */
function composite(holds: string, facts: (handles: readonly Subrequest[]) => void = () => {}): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id)
      const call = org.salesforce.composite()
      const asked = subrequests(org)
      const handles = asked.map((subrequest) => add(call, subrequest))
      await call.send()
      org.assertAsRecorded()
      const { compositeResponse } = org.json as RecordedAnswer
      for (const [index, { body, httpStatusCode, referenceId }] of compositeResponse.entries()) {
        const { referenceId: own, result } = handles[index] ?? assert.fail()
        assert.deepEqual([own, result.status], [referenceId, httpStatusCode])
        if (result.ok) assert.deepEqual(result.value, body)
        else assert.partialDeepStrictEqual(body, [{ errorCode: result.error.errorCode }])
      }
      facts(handles)
    },
  }
}

/** Rows whose results come back in their order. */
function rows(
  holds: string,
  call: (salesforce: Salesforce, records: Row[]) => Promise<SaveResult[]>,
  facts: (results: SaveResult[]) => void = () => {},
): CaseTest {
  return {
    holds,
    async play(id) {
      await using org = await replay(id)
      const results = await call(org.salesforce, rowsOf(org))
      const recorded = org.json as { id?: string; success: boolean; created?: boolean }[]
      assert.deepEqual(
        results.map((result) => [result.id, result.success]),
        // The Id of a record that was not saved names nothing.
        recorded.map(({ id, success }) => [success ? id : undefined, success]),
      )
      for (const [index, { success, created }] of recorded.entries()) {
        if (success && created !== undefined) assert.equal(results[index]?.created, created)
      }
      facts(results)
      org.assertAsRecorded()
    },
  }
}

type Row = { readonly Id: string } & Readonly<Record<string, unknown>>

/** The records that were recorded without what the client adds to them; plain ones where only the answer was. */
function rowsOf({ sentJson, json }: Replay): Row[] {
  const { records } = (sentJson ?? { records: [] }) as { records: Row[] }
  if (records.length > 0) return records.map(({ attributes: _, ...row }) => row as Row)
  return (json as unknown[]).map((_, index) => ({ Id: `00100000000000${index}AAA`, MyExtId__c: 'A', Name: 'A' }))
}

const create = (object: string) => (salesforce: Salesforce, records: readonly Row[]) =>
  salesforce.collections(object).create(records)
const update = (salesforce: Salesforce, records: readonly Row[]) => salesforce.collections('Account').update(records)
const upsert = (object: string, field: string) => (salesforce: Salesforce, records: readonly Row[]) =>
  salesforce.collections(object).upsert(field, records)
const firstError = (result: SaveResult | undefined): string | undefined => result?.errors[0]?.errorCode

export const compositeCases: CaseTests = {
  'camel-composite-ok': composite('keys that nobody knows, such as warnings, disturb nobody'),
  'cci-composite-083': composite('a part answered 304 has no value and is no error', (handles) => {
    assert.ok(handles.every(({ result }) => result.ok && result.value === null))
    assert.equal(handles[0]?.result.headers.etag, '"baf7f695"')
  }),
  'cci-composite-084': composite('queries come back as parts'),
  'cci-composite-085': composite('an outer success tells the failure of its part', ([handle]) => {
    assert.throws(() => handle?.value, { code: 'ERR_SF_NOT_FOUND', status: 404 })
  }),
  'cci-composite-091': composite('describes come back as parts'),
  'cci-composite-092': composite('describes come back as parts'),
  'cci-composite-093': composite('describes come back as parts'),
  'doc-composite-null-ref-v52': composite('a reference to nothing is no error from API 52.0 on'),
  'doc-composite-processing-halted-v51': composite('a reference to nothing fails before API 52.0', ([, handle]) => {
    assert.throws(() => handle?.value, /No value for refContact\.FirstName/)
  }),
  'doc-composite-unselected-field-v52': composite(
    'a reference to a field that was not selected fails',
    ([, handle]) => {
      assert.ok(handle?.result.ok === false && handle.result.error.has('PROCESSING_HALTED'))
    },
  ),
  'nango-composite-describe': composite('a whole describe comes back as a part', ([handle]) => {
    assert.partialDeepStrictEqual(handle?.value, { name: 'Account' })
  }),
  'nango-batch-mixed': {
    holds: 'limits and a describe come back by their position',
    async play(id) {
      await using org = await replay(id)
      const batch = org.salesforce.batch()
      const limits = batch.limits()
      const describe = batch.request<{ name: string }>({ url: 'sobjects/Account/describe' })
      await batch.send()
      org.assertAsRecorded()
      assert.deepEqual(JSON.parse(org.sent[0]?.body ?? ''), JSON.parse(String(org.recorded.request.body)))
      const { results } = org.json as { results: { result: unknown }[] }
      assert.deepEqual(
        [limits.value, describe.value],
        results.map(({ result }) => result),
      )
    },
  },
  'doc-graph-two-graphs': {
    holds: 'two graphs come back with all their parts',
    async play(id) {
      await using org = await replay(id)
      const call = org.salesforce.graph()
      const { graphs } = JSON.parse(String(org.recorded.request.body)) as {
        graphs: { graphId: string; compositeRequest: RecordedSubrequest[] }[]
      }
      const made = graphs.map(({ graphId, compositeRequest }) => {
        const graph = call.add(graphId)
        for (const { method, url, body, referenceId } of compositeRequest)
          graph.request({ method, url, body, referenceId })
        return graph
      })
      await call.send()
      org.assertAsRecorded()
      assert.deepEqual(
        made.map(({ result }) => [result.graphId, result.isSuccessful, result.results.map(({ status }) => status)]),
        [
          ['1', true, [201, 201, 201]],
          ['2', true, [201, 201]],
        ],
      )
    },
  },
  'cci-collections-023': rows('created rows have their Ids', create('Contact')),
  'cci-collections-039': rows('updated rows keep their order', update),
  'cci-collections-040': rows('created rows have their Ids', create('Account')),
  'cci-collections-041': rows('upserted rows tell that they were created', upsert('Contact', 'Email')),
  'cci-collections-044': rows('upserted rows tell that they were updated', upsert('Contact', 'Email')),
  'cci-collections-045': rows('created rows have their Ids', create('Opportunity')),
  'doc-collections-update-allornone': rows(
    'a row rolled back keeps its code, the guilty one has another',
    (salesforce, records) => salesforce.collections('Account').update(records, { allOrNone: true, retry: false }),
    (results) => {
      assert.deepEqual(results.map(firstError), ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'MALFORMED_ID'])
    },
  ),
  'doc-collections-upsert': rows('upserted rows tell which were created', upsert('Account', 'MyExtId__c')),
  'nango-collections-create': rows('created rows have their Ids', create('Account')),
  'nango-collections-update-error': rows('a refused row in an outer success has its code', update, ([result]) =>
    assert.equal(firstError(result), 'INVALID_CROSS_REFERENCE_KEY'),
  ),
  'nango-collections-upsert-error': rows(
    'a row that cannot be read is refused, not created',
    upsert('Account', 'Id'),
    ([result]) => assert.equal(firstError(result), 'JSON_PARSER_ERROR'),
  ),
}
