import { test } from 'node:test'
import {
  assertEndsWhenTheEmulatorIsKilled,
  assertEndsWhenTheEmulatorIsKilledEarly,
  assertEndsWithTheFlowsError,
  assertOnceAccountsForEveryRow,
} from './checks.ts'

const script = 'n8n.ts'

test('npm run demo:n8n -- --once creates 3,376 accounts, then updates them, in a real n8n', async () => {
  await assertOnceAccountsForEveryRow(script)
})

test('npm run demo:n8n ends with one sentence and exit code 1 when the emulator is killed in the middle', async () => {
  await assertEndsWhenTheEmulatorIsKilled(script)
})

test('npm run demo:n8n ends so too when the emulator is killed while n8n starts', async () => {
  await assertEndsWhenTheEmulatorIsKilledEarly(script)
})

test('npm run demo:n8n ends with the words of the workflow when Salesforce refuses the job', async () => {
  await assertEndsWithTheFlowsError(script, 'Upsert the Accounts')
})
