import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../src/bin/emulator.ts', import.meta.url))

function run(t: TestContext, ...flags: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--no-warnings', program, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  return child
}

async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout)
  const lines = createInterface(child.stdout)
  const [line] = (await once(lines, 'line')) as [string]
  return line
}

async function ending(child: ChildProcess): Promise<{ code: number | null; errors: string }> {
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, errors }
}

test('it prints one line of JSON that is enough to log in, and ends with 0 on SIGTERM', async (t) => {
  const child = run(t, '--port', '0', '--seed', 'empty')
  const line = JSON.parse(await firstLine(child))
  assert.deepEqual(Object.keys(line), [
    'url',
    'username',
    'password',
    'securityToken',
    'clientId',
    'clientSecret',
    'accessToken',
    'refreshToken',
    'redirectUri',
    'privateKey',
  ])
  const headers = { authorization: `Bearer ${line.accessToken}` }
  assert.equal((await fetch(`${line.url}/services/data/v67.0/limits`, { headers })).status, 200)
  child.kill('SIGTERM')
  assert.equal((await ending(child)).code, 0)
})

test('it ends with 0 on SIGINT even while a client keeps a connection', async (t) => {
  const child = run(t, '--port', '0', '--seed', 'empty')
  const { url } = JSON.parse(await firstLine(child))
  await (await fetch(`${url}/services/data`)).text()
  child.kill('SIGINT')
  assert.equal((await ending(child)).code, 0)
})

for (const [what, flags, fault] of [
  ['by a fault', [], { path: '/services/data', delay: 3_600_000 }],
  ['by latency', ['--latency', '3600000'], undefined],
] as const) {
  test(`it ends on SIGTERM though an answer is held back ${what}`, { timeout: 60_000 }, async (t) => {
    const child = run(t, '--port', '0', '--seed', 'empty', ...flags)
    const { url } = JSON.parse(await firstLine(child))
    if (fault !== undefined) {
      const headers = { 'content-type': 'application/json' }
      await fetch(`${url}/_emulator/faults`, { method: 'POST', headers, body: JSON.stringify(fault) })
    }
    const held = assert.rejects(fetch(`${url}/services/data`))
    const received = async (): Promise<number> => {
      const response = await fetch(`${url}/_emulator/requests`)
      return ((await response.json()) as { requests: unknown[] }).requests.length
    }
    while ((await received()) === 0);
    child.kill('SIGTERM')
    assert.equal((await ending(child)).code, 0)
    await held
  })
}

test('a taken port is one sentence and exit code 1', async (t) => {
  const first = run(t, '--port', '0', '--seed', 'empty')
  const { port } = new URL(JSON.parse(await firstLine(first)).url)
  const second = run(t, '--port', port, '--seed', 'empty')
  const { code, errors } = await ending(second)
  assert.equal(code, 1)
  assert.equal(
    errors,
    `Port ${port} is taken by another process; choose another with --port, or --port 0 for a free one.\n`,
  )
})

test('a data file that is no database is one sentence and exit code 1', async (t) => {
  const { code, errors } = await ending(run(t, '--port', '0', '--data', program))
  assert.equal(code, 1)
  assert.match(errors, /cannot be used as a database \(.+\); name a SQLite file, or a new one, with --data\.\n$/)
  assert.equal(errors.trim().split('\n').length, 1)
})

test('flags that make no sense are refused with what would', async (t) => {
  const { code, errors } = await ending(run(t, '--port', 'many'))
  assert.equal(code, 1)
  assert.match(errors, /--port.*whole number/)
})
