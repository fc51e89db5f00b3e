import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IngestJob } from '../../src/bulk/job.ts'
import { JobRoad } from '../../src/bulk/job-road.ts'
import { waitForJob } from '../../src/bulk/wait-for-job.ts'
import { type Answer, script } from './scripted-connection.ts'

const id = '750R0000000zlh9IAA'
const minute = 60_000
const hour = 60 * minute
const begin = Date.UTC(2026, 10, 22)

interface Course {
  /** Milliseconds that a job takes. */
  readonly takes: number
  /** Milliseconds that it was there before anybody waited. */
  readonly before?: number
  /** Milliseconds by which the caller's clock is ahead of the server's, or no `Date` header at all. */
  readonly ahead?: number | 'hidden'
  readonly random?: number
}

/** A job that ends by the time, and a server whose clock tells it. */
function jobThat({ takes, before = 0, ahead = 0, random = 0 }: Course) {
  const scripted = script(
    (): Answer => {
      const age = before + scripted.connection.clock.now()
      const date = new Date(begin + age - (ahead === 'hidden' ? 0 : ahead)).toUTCString()
      const created = new Date(begin - (ahead === 'hidden' ? 0 : ahead)).toISOString().replace('Z', '+0000')
      const state = age >= takes ? 'JobComplete' : 'InProgress'
      const body = { id, object: 'Account', operation: 'insert', state, createdDate: created }
      return { body, ...(ahead === 'hidden' ? {} : { headers: { date } }) }
    },
    { random: () => random },
  )
  return { ...scripted, road: new JobRoad<IngestJob>(scripted.connection, 'ingest') }
}

const nothing = (): void => {}

test('looks four times a second at a job that has just begun', async () => {
  const { road, sleeps } = jobThat({ takes: 900 })
  assert.equal((await waitForJob(road, id, {}, nothing)).state, 'JobComplete')
  assert.deepEqual(sleeps, [250, 250, 250, 250])
})

test('waits for a quarter of the time so far, and never longer than ten seconds for a job of minutes', async () => {
  const { road, sleeps } = jobThat({ takes: 5 * minute })
  await waitForJob(road, id, {}, nothing)
  assert.equal(Math.max(...sleeps), 10_000)
  assert.ok(sleeps.length < 55, `${sleeps.length} looks in five minutes`)
  let age = 0
  for (const sleep of sleeps) {
    assert.ok(sleep <= Math.max(age / 4, 250), `${sleep} ms after ${age} ms`)
    age += sleep
  }
  for (const [index, sleep] of sleeps.entries()) assert.ok(sleep >= (sleeps[index - 1] ?? 0))
})

test('looks at a job of hours every half minute', async () => {
  const { road, sleeps } = jobThat({ takes: 5 * hour })
  await waitForJob(road, id, {}, nothing)
  assert.equal(Math.max(...sleeps), 30_000)
  assert.ok(sleeps.length < 900, `${sleeps.length} looks in five hours`)
})

test('is told by the server how old a job is that others started, whatever its own clock says', async () => {
  for (const ahead of [0, hour, -hour]) {
    const { road, sleeps } = jobThat({ takes: hour + minute, before: hour, ahead })
    await waitForJob(road, id, {}, nothing)
    assert.equal(sleeps[0], 250)
    assert.ok(sleeps.length <= 8, `${sleeps.length} looks in a minute`)
    assert.ok(sleeps.slice(1).every((sleep) => sleep >= 10_000))
  }
})

test('goes by its own waiting where the time of the server is hidden', async () => {
  const { road, sleeps } = jobThat({ takes: minute, ahead: 'hidden' })
  await waitForJob(road, id, {}, nothing)
  assert.equal(sleeps[0], 250)
  assert.equal(Math.max(...sleeps), 10_000)
})

test('takes up to a fifth off each wait, so that clients that began together part', async () => {
  const { road, sleeps } = jobThat({ takes: 2 * minute, random: 0.5 })
  await waitForJob(road, id, {}, nothing)
  assert.equal(sleeps[0], 225)
  assert.equal(Math.max(...sleeps), 9000)
})

test('looks at each of many jobs less often, so that sixteen cost seven times the calls of one at most', async () => {
  const looks = async (jobs: number): Promise<number> => {
    const { connection, sent } = script(() => ({ body: { id, state: 'InProgress' } }))
    const road = new JobRoad<IngestJob>(connection, 'ingest')
    road.waiting = jobs - 1
    const stop = new AbortController()
    const seen = waitForJob(road, id, { signal: stop.signal }, () => {
      if (connection.clock.now() > 10 * minute) stop.abort()
    })
    await assert.rejects(seen, { name: 'AbortError' })
    assert.equal(road.waiting, jobs - 1)
    return sent.length
  }
  const [one, sixteen] = [await looks(1), await looks(16)]
  assert.ok(sixteen * 16 < one * 7, `${sixteen * 16} looks at sixteen jobs, ${one} at one`)
})

test('ends after its limit with the job, its state and the way on, and leaves the job alone', async () => {
  const { road, lines, sleeps } = jobThat({ takes: hour })
  await assert.rejects(waitForJob(road, id, {}, nothing, 90_000), {
    name: 'TimeoutError',
    code: 'ERR_SF_TIMEOUT',
    phase: 'job',
    message:
      `Bulk insert job ${id} on Account is still InProgress after a wait of 90 s. ` +
      `Salesforce goes on with it; bulk.resume('${id}') waits for it again.`,
  })
  assert.deepEqual(new Set(lines()), new Set([`GET /jobs/ingest/${id}`]))
  assert.equal(
    sleeps.reduce((sum, sleep) => sum + sleep, 0),
    90_000,
  )
  assert.equal(road.waiting, 0)
})

test('a job that is done at the last look before the limit is done', async () => {
  const { road } = jobThat({ takes: 1000 })
  assert.equal((await waitForJob(road, id, {}, nothing, 1000)).state, 'JobComplete')
})

test('waits for ever without a limit, and ends by the signal', async () => {
  const stop = new AbortController()
  const { road, connection, lines } = jobThat({ takes: Number.POSITIVE_INFINITY })
  const week = 7 * 24 * hour
  const waiting = waitForJob(road, id, { signal: stop.signal }, () => {
    if (connection.clock.now() > week) stop.abort(new Error('enough'))
  })
  await assert.rejects(waiting, { message: 'enough' })
  assert.ok(lines().every((line) => line.startsWith('GET')))
})
