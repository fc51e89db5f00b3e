import type { Call, CallOptions, Json } from '../query/calls.ts'

/** An ingest job run to its end: its info and its three results as text. */
export interface FinishedIngest {
  readonly info: Json
  readonly successful: string
  readonly failed: string
  readonly unprocessed: string
}

/** Creates an ingest job and gives its info; fails where the order is refused. */
export async function createIngest(call: Call, order: object): Promise<Json> {
  const answer = await call('POST', '/jobs/ingest', { body: order })
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.json
}

/** Runs an ingest job from order to results. The emulator's pace must be one read: the one status read waits for the end. */
export async function ingest(call: Call, order: object, csv: CallOptions['body']): Promise<FinishedIngest> {
  const { id } = await createIngest(call, { contentType: 'CSV', ...order })
  const uploaded = await call('PUT', `/jobs/ingest/${id}/batches`, { body: csv })
  if (uploaded.status !== 201) throw new Error(uploaded.text)
  await call('PATCH', `/jobs/ingest/${id}`, { body: { state: 'UploadComplete' } })
  const info = (await call('GET', `/jobs/ingest/${id}`)).json
  const result = async (kind: string): Promise<string> => (await call('GET', `/jobs/ingest/${id}/${kind}`)).text
  return {
    info,
    successful: await result('successfulResults'),
    failed: await result('failedResults'),
    unprocessed: await result('unprocessedrecords'),
  }
}

/** Runs a query job to its end and gives its info. The emulator's pace must be one read. */
export async function bulkQuery(call: Call, soql: string, order: object = {}): Promise<Json> {
  const created = await call('POST', '/jobs/query', { body: { operation: 'query', query: soql, ...order } })
  if (created.status !== 200) throw new Error(created.text)
  return (await call('GET', `/jobs/query/${created.json.id}`)).json
}
