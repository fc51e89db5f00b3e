import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError } from '@forcewire/core'
import { instanceUrl, networkFailure, scriptedOrg } from '../support/scripted-org.ts'

const id = '00O000000000001AAA'
const instanceId = '0LG000000000001AAA'
const root = `${instanceUrl}/services/data/v67.0/analytics/reports`

const cell = (label: string, value: unknown = label) => ({ label, value })
const row = (...cells: unknown[]) => ({ dataCells: cells })

const tabular = {
  allData: true,
  hasDetailRows: true,
  attributes: { reportId: id },
  reportMetadata: {
    id,
    name: 'Deals',
    reportFormat: 'TABULAR',
    detailColumns: ['ACCOUNT.NAME', 'AMOUNT'],
    groupingsDown: [],
    groupingsAcross: [],
  },
  groupingsDown: { groupings: [] },
  groupingsAcross: { groupings: [] },
  factMap: {
    'T!T': {
      aggregates: [],
      rows: [row(cell('Acme', '001'), cell('€ 5', 5)), row(cell('Bolt', '002'), cell('-', null))],
    },
  },
}

const group = (key: string, label: string, ...groupings: unknown[]) => ({ key, label, value: label, groupings })

const matrix = {
  ...tabular,
  reportMetadata: {
    ...tabular.reportMetadata,
    reportFormat: 'MATRIX',
    detailColumns: ['NAME'],
    groupingsDown: [{ name: 'STAGE' }, { name: 'TYPE' }],
    groupingsAcross: [{ name: 'YEAR' }],
  },
  groupingsDown: {
    groupings: [group('0', 'Open', group('0_0', 'New'), group('0_1', 'Old')), group('1', 'Won', group('1_0', 'New'))],
  },
  groupingsAcross: { groupings: [group('0', '2025'), group('1', '2026')] },
  // Salesforce's keys come in any order.
  factMap: {
    'T!T': { aggregates: [cell('3')], rows: [] },
    '1_0!1': { aggregates: [], rows: [row(cell('d'))] },
    '0_1!0': { aggregates: [], rows: [row(cell('c'))] },
    '0_0!0': { aggregates: [], rows: [row(cell('a')), row(cell('b'))] },
    '0!T': { aggregates: [], rows: [] },
  },
}

describe('a report', () => {
  it('is run with its details, whose rows are objects by column', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: tabular }])
    const report = await salesforce.reports.run(id)
    assert.equal(`${requests[0]?.method} ${requests[0]?.url}`, `GET ${root}/${id}?includeDetails=true`)
    assert.equal(report.allData, true)
    assert.deepEqual(report.rows(), [
      { 'ACCOUNT.NAME': cell('Acme', '001'), AMOUNT: cell('€ 5', 5) },
      { 'ACCOUNT.NAME': cell('Bolt', '002'), AMOUNT: cell('-', null) },
    ])
  })

  it('keeps the order of its groups, whose values are columns of the rows', async () => {
    const report = await scriptedOrg([{ json: matrix }]).salesforce.reports.run(id)
    assert.deepEqual(
      report.rows().map((each) =>
        Object.entries(each)
          .map(([name, { value }]) => `${name}=${value}`)
          .join(' '),
      ),
      [
        'STAGE=Open TYPE=New YEAR=2025 NAME=a',
        'STAGE=Open TYPE=New YEAR=2025 NAME=b',
        'STAGE=Open TYPE=Old YEAR=2025 NAME=c',
        'STAGE=Won TYPE=New YEAR=2026 NAME=d',
      ],
    )
  })

  it('that has more rows than Salesforce answers says so aloud', async () => {
    const { salesforce } = scriptedOrg([{ json: { ...tabular, allData: false } }])
    const warnings: string[] = []
    salesforce.on('warning', ({ message }) => warnings.push(message))
    assert.equal((await salesforce.reports.run(id)).allData, false)
    await new Promise((resolve) => setImmediate(resolve))
    assert.match(warnings.join(), /Deals \(00O000000000001AAA\) has more rows than the 2,000/)
  })

  it('takes other filters and another definition for one run', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: tabular }])
    const filters = [{ column: 'AMOUNT', operator: 'greaterThan', value: '100' }]
    await salesforce.reports.run(id, { includeDetails: false, filters, metadata: { detailColumns: ['NAME'] } })
    assert.equal(`${requests[0]?.method} ${requests[0]?.url}`, `POST ${root}/${id}?includeDetails=false`)
    assert.deepEqual(JSON.parse(String(requests[0]?.body)), {
      reportMetadata: { detailColumns: ['NAME'], reportFilters: filters },
    })
  })

  it('is read again when its answer breaks off, with other filters too', async () => {
    const { salesforce, requests } = scriptedOrg([networkFailure('ECONNRESET'), { json: tabular }])
    await salesforce.reports.run(id, { metadata: {} })
    assert.equal(requests.length, 2)
  })

  it('has no rows to give without details, while it runs, and when it is a joined one', async () => {
    const rowsOf = async (answer: unknown) => (await scriptedOrg([{ json: answer }]).salesforce.reports.run(id)).rows()
    const refusals: readonly [unknown, RegExp][] = [
      [{ ...tabular, hasDetailRows: false }, /run it with includeDetails/],
      [{ ...tabular, attributes: { status: 'Running' } }, /Deals is Running; ask for the instance again later/],
      [{ ...tabular, factMap: undefined }, /is a joined one/],
    ]
    for (const [answer, message] of refusals) await assert.rejects(rowsOf(answer), { code: 'ERR_SF_CONFIG', message })
  })

  it('is run in the background and waited for when asked to', async () => {
    const running = { ...tabular, attributes: { status: 'Running' }, factMap: {} }
    const done = { ...tabular, attributes: { status: 'Success' } }
    const { salesforce, requests, clock } = scriptedOrg([
      { json: { id: instanceId, status: 'New' } },
      { json: running },
      { json: running },
      { json: done },
    ])
    const report = await salesforce.reports.run(id, { asynchronous: true, includeDetails: true })
    assert.equal(report.rows().length, 2)
    assert.deepEqual(
      requests.map(({ method, url }) => `${method} ${url.slice(root.length + id.length + 1)}`),
      ['POST /instances?includeDetails=true', ...Array(3).fill(`GET /instances/${instanceId}`)],
    )
    assert.deepEqual(clock.sleeps, [500, 750, 1125])
  })

  it('is waited for no longer than its caller wants', async () => {
    const stop = new AbortController()
    const running = { ...tabular, attributes: { status: 'Running' }, factMap: {} }
    const { salesforce, clock } = scriptedOrg([{ json: { id: instanceId, status: 'New' } }, { json: running }])
    salesforce.on('response', ({ method }) => {
      if (method === 'GET') stop.abort(new Error('enough'))
    })
    const report = salesforce.reports.run(id, { asynchronous: true, signal: stop.signal })
    await assert.rejects(report, { message: 'enough' })
    assert.deepEqual(clock.sleeps, [500])
  })

  it('whose run in the background ends as Error is an error', async () => {
    const { salesforce } = scriptedOrg([
      { json: { id: instanceId, status: 'New' } },
      { json: { attributes: { status: 'Error' } } },
    ])
    await assert.rejects(salesforce.reports.run(id, { asynchronous: true }), (error) => {
      return error instanceof ApiError && /the run of the report ended as Error/.test(error.message)
    })
  })

  it('is not started twice when the answer to the start is lost', async () => {
    const org = scriptedOrg([networkFailure('ECONNRESET')])
    await assert.rejects(org.salesforce.reports.start(id), { code: 'ERR_SF_TRANSPORT' })
    assert.equal(org.requests.length, 1)
  })

  it('is started, looked at and deleted step by step', async () => {
    const { salesforce, requests } = scriptedOrg((request) => {
      if (request.method === 'DELETE') return { status: 204 }
      if (request.url.endsWith(instanceId)) return { json: tabular }
      if (request.url.endsWith('/describe')) return { json: { reportMetadata: {} } }
      return { json: request.method === 'GET' ? [] : { id: instanceId, status: 'New' } }
    })
    const { reports } = salesforce
    await reports.list()
    await reports.describe(id)
    assert.equal((await reports.start(id, { metadata: { reportBooleanFilter: '1 OR 2' } })).id, instanceId)
    await reports.instances(id)
    assert.equal((await reports.instance(id, instanceId)).rows().length, 2)
    await reports.deleteInstance(id, instanceId)
    assert.deepEqual(
      requests.map(({ method, url }) => `${method} ${url.slice(root.length)}`),
      [
        'GET ',
        `GET /${id}/describe`,
        `POST /${id}/instances?includeDetails=true`,
        `GET /${id}/instances`,
        `GET /${id}/instances/${instanceId}`,
        `DELETE /${id}/instances/${instanceId}`,
      ],
    )
  })

  it('is refused before any request when Id or options are wrong', async () => {
    const { salesforce, requests } = scriptedOrg([{ json: tabular }])
    const { reports } = salesforce
    const wrong: readonly [() => Promise<unknown>, RegExp][] = [
      [() => reports.run(''), /id must be an Id of 15 or 18 letters and digits, but is an empty text/],
      [() => reports.describe(null as never), /id must be an Id/],
      [() => reports.instance(id, '..'), /instanceId must be an Id/],
      [() => reports.run(id, null as never), /run must be an object of options, but is null/],
      [() => reports.run(id, { details: true } as never), /run has no option 'details'/],
      [() => reports.start(id, { asynchronous: true } as never), /start has no option 'asynchronous'/],
      [() => reports.run(id, { includeDetails: 'yes' } as never), /includeDetails must be true or false/],
      [() => reports.run(id, { asynchronous: 1 } as never), /asynchronous must be true or false, but is 1/],
      [() => reports.run(id, { filters: {} } as never), /filters must be a list of filters/],
      [() => reports.run(id, { filters: [{ column: 'A', operator: '', value: '' }] }), /filters\[0\].operator must be/],
      [
        () => reports.run(id, { filters: [{ column: 'A', operator: 'x', value: 5 }] } as never),
        /filters\[0\].value must be a text, but is 5/,
      ],
      [() => reports.run(id, { metadata: [] } as never), /metadata must be an object of report metadata/],
    ]
    for (const [call, message] of wrong) await assert.rejects(call, { code: 'ERR_SF_CONFIG', message })
    assert.equal(requests.length, 0)
  })
})
