import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DemoProcess, startDemo, tableLines } from './demo-process.ts'

type Script = Parameters<typeof startDemo>[0]

/** Runs `--once` and holds the demo to its promise: both runs with every row accounted for, nothing left behind. */
export async function assertOnceAccountsForEveryRow(script: Script): Promise<void> {
  await using demo = startDemo(script, ['--once'])
  const exit = await demo.end()
  const log = demo.child.log()
  assert.deepEqual(exit, { code: 0, signal: null }, log)
  const lines = tableLines(log)
  assert.deepEqual(
    lines.map(([run, read, created, updated, failed]) => ({ run, read, created, updated, failed })),
    [
      { run: 1, read: 3376, created: 3376, updated: 0, failed: 0 },
      { run: 2, read: 3376, created: 0, updated: 3376, failed: 0 },
    ],
    log,
  )
  for (const [, , , , , calls = 0] of lines) assert.ok(calls >= 4, `a load takes at least 4 API calls: ${calls}`)
  assert.match(log, /│ AK +│ +263 │/)
  await assertNothingLeft(demo.child.pid)
}

/** Kills the emulator while the job is being processed and expects one sentence and exit code 1 within 30 seconds. */
export async function assertEndsWhenTheEmulatorIsKilled(script: Script): Promise<void> {
  await using demo = startDemo(script, ['--once'])
  const [, url = '', pid = ''] = await demo.line(/emulator is at (\S+) \(process (\d+)\)/)
  // An hour a job: the demo is certainly in the middle of one when the emulator dies.
  await control(url, 'pace', { pace: { milliseconds: 3_600_000 } })
  await demo.line(/job (UploadComplete|InProgress)/)
  await assertEndsAfterKill(demo, { url, pid: Number(pid) })
}

/** Kills the emulator while the engine is still being started, and expects the same. */
export async function assertEndsWhenTheEmulatorIsKilledEarly(script: Script): Promise<void> {
  await using demo = startDemo(script, ['--once'])
  const [, url = '', pid = ''] = await demo.line(/emulator is at (\S+) \(process (\d+)\)/)
  await assertEndsAfterKill(demo, { url, pid: Number(pid) })
}

async function assertEndsAfterKill(demo: DemoProcess, { url, pid }: { url: string; pid: number }): Promise<void> {
  process.kill(pid, 'SIGKILL')
  const exit = await Promise.race([demo.end(), sleep(30_000, 'still running after 30 s', { ref: false })])
  const log = demo.child.log()
  assert.deepEqual(exit, { code: 1, signal: null }, log)
  const last = log.trimEnd().split('\n').at(-1)
  assert.equal(
    last?.replace(/\S+ of 3,376/, 'n of 3,376'),
    [
      `The Salesforce emulator at ${url} is gone (killed by SIGKILL).`,
      'n of 3,376 rows of run 1 were done; start the demo again.',
    ].join(' '),
  )
  assert.match(last ?? '', /[\d,]+ of 3,376 rows/)
  assert.doesNotMatch(log, /^\s+at /m)
  await assertNothingLeft(demo.child.pid)
}

/** Lets the org refuse the job and expects the flow's own words as the last line, with exit code 1. */
export async function assertEndsWithTheFlowsError(script: Script, node: string): Promise<void> {
  await using demo = startDemo(script, ['--once'])
  const [, url = ''] = await demo.line(/emulator is at (\S+) \(process \d+\)/)
  const message = 'Account is closed for maintenance'
  await control(url, 'faults', {
    method: 'POST',
    path: '/jobs/ingest',
    status: 400,
    errorCode: 'INVALIDENTITY',
    message,
  })
  const exit = await demo.end()
  const log = demo.child.log()
  assert.deepEqual(exit, { code: 1, signal: null }, log)
  const last = log.trimEnd().split('\n').at(-1) ?? ''
  assert.ok(last.startsWith(`${node}: `) && last.includes(message), log)
  assert.doesNotMatch(log, /^\s+at /m)
  await assertNothingLeft(demo.child.pid)
}

/** Sends a command to the emulator's control plane. */
async function control(url: string, road: 'faults' | 'pace', command: object): Promise<void> {
  const response = await fetch(`${url}/_emulator/${road}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(command),
  })
  assert.ok(response.ok, await response.text())
}

/** The name of the demo's temporary folder begins with its process id. */
async function assertNothingLeft(pid: number): Promise<void> {
  const left = (await readdir(tmpdir())).filter((name) => name.startsWith(`forcewire-demo-${pid}-`))
  assert.deepEqual(left, [])
}
