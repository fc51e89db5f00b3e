import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator, testClock } from '../support/harness.ts'

test('recent lists records of all objects, the newest first, by attributes, name and Id', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  clock.advance(1000)
  const { json: account } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  clock.advance(1000)
  const { json: contact } = await send(emulator, 'POST', data('/sobjects/Contact'), { body: { LastName: 'C' } })
  const { json } = await send(emulator, 'GET', data('/recent?limit=2'))
  assert.deepEqual(json, [
    { attributes: { type: 'Contact', url: data(`/sobjects/Contact/${contact.id}`) }, Name: 'C', Id: contact.id },
    { attributes: { type: 'Account', url: data(`/sobjects/Account/${account.id}`) }, Name: 'A', Id: account.id },
  ])
})

test('a read counts as a view when Sforce-Mru says so', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const { json: first } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'first' } })
  clock.advance(1000)
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'second' } })
  clock.advance(1000)
  const names = async (): Promise<string[]> =>
    (await send(emulator, 'GET', data('/sobjects/Account'))).json.recentItems.map(({ Name }: { Name: string }) => Name)
  await send(emulator, 'GET', data(`/sobjects/Account/${first.id}`))
  assert.deepEqual(await names(), ['second', 'first'])
  const headers = { 'sforce-mru': 'updateMru=true' }
  await send(emulator, 'GET', data(`/sobjects/Account/${first.id}`), { headers })
  assert.deepEqual(await names(), ['first', 'second'])
})

test('a limit that is no whole number is 400', async (t) => {
  const emulator = await startEmulator(t)
  assert.equal((await send(emulator, 'GET', data('/recent?limit=few'))).status, 400)
})
