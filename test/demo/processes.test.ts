import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startNode } from '../support/process.ts'

const support = new URL('../support/process.ts', import.meta.url).href

/** A program that never ends by itself. */
const idle = 'console.log(process.pid); setInterval(() => {}, 1000)'

test('a child ends when the process that started it is killed', async () => {
  await using parent = startNode({
    name: 'parent',
    args: [
      '--input-type=module',
      '--eval',
      `import { startNode } from ${JSON.stringify(support)}
       const child = startNode({ name: 'child', args: ['--eval', ${JSON.stringify(idle)}] })
       child.onLine((line) => console.log('child ' + line))
       setInterval(() => {}, 1000)`,
    ],
  })
  const pid = await parent.ready(() => /^child (\d+)$/m.exec(parent.log())?.[1])
  process.kill(parent.pid, 'SIGKILL')
  await parent.exited
  while (isAlive(Number(pid))) await sleep(20)
})

test('stopping a child that ignores SIGTERM kills it', async () => {
  const child = startNode({
    name: 'stubborn',
    args: ['--eval', `process.on('SIGTERM', () => {}); ${idle}`],
    patience: 50,
  })
  await child.ready(() => child.log() || undefined)
  await child.stop()
  assert.deepEqual(await child.exited, { code: null, signal: 'SIGKILL' })
})

test('a child that ends before it is ready is reported with what it wrote', async () => {
  await using child = startNode({ name: 'Server', args: ['--eval', 'console.error("no such port"); process.exit(3)'] })
  const ready = child.ready(() => undefined)
  await assert.rejects(ready, { message: 'Server ended (exit code 3) before it was ready:\nno such port' })
})

test('a program that is not there is reported by its name', async () => {
  await using child = startNode({ name: 'Server', command: 'forcewire-no-such-program', args: [] })
  await assert.rejects(
    child.ready(() => undefined),
    /^Error: Server ended \(could not be started\) before it was ready:\n.*ENOENT/,
  )
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
