import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createEmulator } from '../../src/index.ts'
import { data, send, startEmulator } from '../support/harness.ts'

function file(t: TestContext, name: string, content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'forcewire-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('a JSON file gives actions, Apex classes, processes, list views, quick actions and reports', async (t) => {
  const returns = { greeting: 'Hello {who}', same: '{count}', fixed: [1] }
  const metadata = file(t, 'org.json', {
    actions: [{ type: 'flow', name: 'Greet', inputs: [{ name: 'who', required: true }], returns }],
    apex: [{ urlMapping: '/status', get: { ok: true } }],
    approvalProcesses: [{ name: 'Lead_Check', object: 'Lead' }],
    listViews: [{ name: 'Hot', object: 'Lead', columns: ['Name'] }],
    quickActions: [{ name: 'Follow', type: 'Create', targetObject: 'Task' }],
    reports: [{ name: 'Leads', object: 'Lead', columns: ['Name'] }],
  })
  const emulator = await startEmulator(t, { metadata })
  const body = { inputs: [{ who: 'Ada', count: 3 }] }
  const greeted = await send(emulator, 'POST', data('/actions/custom/flow/Greet'), { body })
  assert.partialDeepStrictEqual(greeted.json[0].outputValues, { greeting: 'Hello Ada', same: 3, fixed: [1] })
  assert.deepEqual((await send(emulator, 'GET', '/services/apexrest/status')).json, { ok: true })
  const approvals = await send(emulator, 'GET', data('/process/approvals'))
  assert.equal(approvals.json.approvals.Lead[0].name, 'Lead_Check')
  const reports = await send(emulator, 'GET', data('/analytics/reports'))
  assert.equal(reports.json[0].name, 'Leads')
  const views = await send(emulator, 'GET', data('/sobjects/Lead/listviews'))
  assert.equal(views.json.listviews[0].developerName, 'Hot')
  assert.equal((await send(emulator, 'GET', data('/quickActions'))).json[0].name, 'Follow')
})

test('a module gives them with code of its own', async (t) => {
  const metadata = file(
    t,
    'org.mjs',
    `export const metadata = { apex: [{ urlMapping: '/mine', get: (_call, org) => org.create('Account', { Name: 'M' }) }] }`,
  )
  const emulator = await startEmulator(t, { metadata })
  assert.match((await send(emulator, 'GET', '/services/apexrest/mine')).json, /^001/)
})

test('a file that is wrong says where', async (t) => {
  const cases: [unknown, RegExp][] = [
    ['{', /org\.json cannot be read as metadata: .*JSON/],
    [[], /must hold an object of lists/],
    [{ flows: [] }, /has flows, which is none of actions, apex/],
    [{ actions: {} }, /has actions that is no list/],
    [{ actions: [{ name: 'X' }] }, /has actions\[0\] without type/],
    [{ apex: [{ urlMapping: '/x', fetch: 1 }] }, /\/x has no method fetch/],
    [{ reports: [{ name: 'R', object: 'Lead', columns: ['Nothing'] }] }, /Report R: Lead has no field Nothing/],
    [{ reports: [{ name: 'R', object: 'Lead', columns: ['No.Name'] }] }, /Report R: Lead has no parent No/],
    [{ approvalProcesses: [{ name: 'P', object: 'Nothing' }] }, /Approval process P: there is no object Nothing/],
  ]
  for (const [content, message] of cases) {
    await assert.rejects(createEmulator({ metadata: file(t, 'org.json', content) }), message)
  }
})
