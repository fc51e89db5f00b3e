import { type Answer, type Script, script } from './scripted-connection.ts'

/** Answers a request in place of the org, or leaves it to the org. */
export type Override = (
  line: string,
  signal: AbortSignal | undefined,
) => Answer | Promise<Answer | undefined> | undefined

const account = {
  fields: [
    { name: 'Id', type: 'id' },
    { name: 'Amount', type: 'currency' },
    { name: 'Active__c', type: 'boolean' },
    { name: 'Code__c', type: 'string' },
  ],
}

/** An org whose query job is complete at the second look and has these result pages (records as `Id,Name`). */
export function org(pages: string[][], override: Override = () => undefined, job: object = {}): Script {
  let looks = 0
  const csv = (page: number): Answer => ({
    headers: {
      'sforce-numberofrecords': String(pages[page]?.length ?? 0),
      'sforce-locator': page + 1 < pages.length ? `p${page + 1}` : 'null',
    },
    body: ['"Id","Name"', ...(pages[page] ?? []), ''].join('\n'),
  })
  return script(async (line, { request, call }) => {
    const own = await override(line, call.signal)
    if (own !== undefined) return own
    const info = {
      id: '750R000000146UvIAI',
      object: 'Account',
      operation: 'query',
      apiVersion: 67,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      ...job,
    }
    if (line === 'POST /jobs/query') return { body: { ...info, state: 'UploadComplete' } }
    if (line === 'GET /jobs/query/750R000000146UvIAI') {
      looks += 1
      return {
        body: {
          ...info,
          state: looks > 1 ? 'JobComplete' : 'InProgress',
          numberRecordsProcessed: pages.flat().length,
          ...job,
        },
      }
    }
    if (line.endsWith('/describe')) return { body: account }
    if (/resultpages/i.test(line)) {
      const from = Number(request.query?.locator ?? 0)
      const resultPages = pages.slice(from, from + 5).map((_, index) => ({
        resultUrl: `/services/data/v67.0/jobs/query/750R000000146UvIAI/results?locator=p${from + index}`,
      }))
      const done = from + 5 >= pages.length
      return {
        body: {
          resultPages,
          done,
          ...(done
            ? {}
            : { nextRecordsUrl: `/services/data/v67.0/jobs/query/750R000000146UvIAI/resultpages?locator=${from + 5}` }),
        },
      }
    }
    return csv(Number(String(request.query?.locator ?? 'p0').slice(1)))
  })
}

export const soql = 'SELECT Id, Name FROM Account'
export const pagesOf = (count: number, size = 2): string[][] =>
  Array.from({ length: count }, (_, page) =>
    Array.from({ length: size }, (_, row) => `"00${page}${row}","n${page}-${row}"`),
  )
export const idsOf = (pages: string[][]): string[] => pages.flat().map((line) => line.slice(1, 5))
export const ids = (rows: Record<string, unknown>[]): unknown[] => rows.map((row) => row.Id)

export async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all).toString()
}
