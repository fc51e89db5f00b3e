import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  assertEndsWhenTheEmulatorIsKilled,
  assertEndsWhenTheEmulatorIsKilledEarly,
  assertEndsWithTheFlowsError,
  assertOnceAccountsForEveryRow,
} from './checks.ts'
import { startDemo } from './demo-process.ts'

const script = 'node-red.ts'

test('npm run demo -- --once creates 3,376 accounts, then updates them, in a real Node-RED', async () => {
  await assertOnceAccountsForEveryRow(script)
})

test('npm run demo ends with one sentence and exit code 1 when the emulator is killed in the middle', async () => {
  await assertEndsWhenTheEmulatorIsKilled(script)
})

test('npm run demo ends so too when the emulator is killed while Node-RED starts', async () => {
  await assertEndsWhenTheEmulatorIsKilledEarly(script)
})

test('npm run demo ends with the words of the flow when Salesforce refuses the job', async () => {
  await assertEndsWithTheFlowsError(script, 'upsert airports')
})

test('npm run demo stays up after its run until Ctrl-C, then takes everything with it', async () => {
  await using demo = startDemo(script, [])
  await demo.line(/Both stay up until Ctrl-C\./)
  const [, engine = ''] = await demo.line(/^Node-RED: (\S+)$/m)
  const [, emulator = ''] = await demo.line(/^Salesforce emulator: (\S+)$/m)
  for (const url of [engine, `${emulator}/_emulator/`]) assert.ok((await fetch(url)).ok, url)
  process.kill(demo.child.pid, 'SIGINT')
  assert.deepEqual(await demo.end(), { code: 0, signal: null }, demo.child.log())
  for (const url of [engine, emulator]) await assert.rejects(fetch(url))
})
