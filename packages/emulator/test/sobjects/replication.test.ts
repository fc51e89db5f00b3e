import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, data, send, startEmulator, testClock } from '../support/harness.ts'

const span = (start: string, end: string): string => `start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`

test('updated tells the Ids of records written in the span, with whole minutes and its end left out', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const write = async (Name: string): Promise<string> =>
    (await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name } })).json.id
  const first = await write('12:00:00')
  clock.advance(59_000)
  const second = await write('12:00:59')
  clock.advance(1000)
  await write('12:01:00')
  clock.advance(3_600_000)
  const road = data(`/sobjects/Account/updated/?${span('2026-01-01T12:00:45+00:00', '2026-01-01T12:01:30Z')}`)
  const { status, json } = await send(emulator, 'GET', road)
  assert.equal(status, 200)
  assert.deepEqual(json, { ids: [first, second], latestDateCovered: '2026-01-01T12:01:00.000+0000' })
})

test('deleted tells the records and the moment, and covers nothing after now', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const { json: account } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  clock.advance(60_000)
  await send(emulator, 'DELETE', data(`/sobjects/Account/${account.id}`))
  const road = data(`/sobjects/Account/deleted?${span('2026-01-01T12:00:00Z', '2026-01-02T12:00:00Z')}`)
  const before = await send(emulator, 'GET', road)
  assert.deepEqual(before.json, {
    deletedRecords: [{ id: account.id, deletedDate: '2026-01-01T12:01:00.000+0000' }],
    earliestDateAvailable: '2025-12-02T12:01:00.000+0000',
    latestDateCovered: '2026-01-01T12:01:00.000+0000',
  })
  const updated = await send(emulator, 'GET', road.replace('deleted', 'updated'))
  assert.deepEqual(updated.json.ids, [])
})

const REFUSED: [sentence: string, query: string, errorCode: string, message: RegExp][] = [
  ['no start', 'end=2026-01-01T12:00:00Z', 'MISSING_ARGUMENT', /^start not specified$/],
  ['a start that is no date', span('yesterday', '2026-01-01T12:00:00Z'), 'INVALID_REPLICATION_DATE', /yesterday/],
  [
    'an end in the minute of the start',
    span('2026-01-01T11:00:00Z', '2026-01-01T11:00:59Z'),
    'INVALID_REPLICATION_DATE',
    /^endDate must be at least one minute greater than startDate$/,
  ],
  [
    'a start too long ago',
    span('2025-12-02T11:59:00Z', '2026-01-01T12:00:00Z'),
    'INVALID_REPLICATION_DATE',
    /^startDate cannot be more than 30 days ago$/,
  ],
]

for (const [sentence, query, errorCode, message] of REFUSED) {
  test(`${sentence}: ${errorCode}`, async (t) => {
    const emulator = await startEmulator(t, { clock: testClock() })
    for (const road of ['updated', 'deleted']) {
      const answer: Answer = await send(emulator, 'GET', data(`/sobjects/Account/${road}/?${query}`))
      assert.deepEqual([answer.status, answer.json[0].errorCode], [400, errorCode])
      assert.match(answer.json[0].message, message)
    }
  })
}
