import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeEach, describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type Call, caller, type Json, query } from '../query/calls.ts'
import { bulkQuery, createIngest } from './jobs.ts'

const program = fileURLToPath(new URL('../../src/bin/emulator.ts', import.meta.url))
const insert = { object: 'Account', operation: 'insert' }

describe('bulk jobs of an org with a data file', () => {
  let file = ''
  beforeEach((t) => {
    const folder = mkdtempSync(join(tmpdir(), 'forcewire-emulator-'))
    file = join(folder, 'org.sqlite')
    ;(t as TestContext).after(() => rmSync(folder, { recursive: true }))
  })

  const start = async (t: TestContext): Promise<{ emulator: Emulator; call: Call }> => {
    const emulator = await createEmulator({ data: file, seed: 'empty' })
    t.after(() => emulator.close())
    return { emulator, call: caller(emulator) }
  }
  const load = async (call: Call, rows: number): Promise<string> => {
    const { id } = await createIngest(call, insert)
    const names = Array.from({ length: rows }, (_, row) => `${row % 50 === 0 ? '' : `Load ${row}`},s`)
    await call('PUT', `/jobs/ingest/${id}/batches`, { body: `Name,Site\n${names.join('\n')}\n` })
    await call('PATCH', `/jobs/ingest/${id}`, { body: { state: 'UploadComplete' } })
    return id
  }
  const until = async (call: Call, id: string, reached: (job: Json) => boolean): Promise<Json> => {
    for (;;) {
      const job = (await call('GET', `/jobs/ingest/${id}`)).json
      assert.notEqual(job.state, 'Failed', job.errorMessage)
      if (reached(job)) return job
    }
  }
  /** Every row of the load has become exactly one record and one line of the right result. */
  const checkLoad = async (call: Call, id: string, rows: number): Promise<void> => {
    const { numberRecordsProcessed, numberRecordsFailed } = await until(call, id, (job) => job.state === 'JobComplete')
    assert.deepEqual([numberRecordsProcessed, numberRecordsFailed], [rows, rows / 50])
    const lines = async (kind: string): Promise<string[]> =>
      (await call('GET', `/jobs/ingest/${id}/${kind}`)).text.trimEnd().split('\n').slice(1)
    const successful = await lines('successfulResults')
    assert.equal(successful.length, rows - rows / 50)
    assert.equal(new Set(successful).size, successful.length)
    assert.equal((await lines('failedResults')).length, rows / 50)
    assert.deepEqual(await lines('unprocessedrecords'), [])
    assert.equal(
      (await query(call, "SELECT COUNT() FROM Account WHERE Name LIKE 'Load %'")).totalSize,
      successful.length,
    )
  }

  it('are there after a restart, with their results', async (t) => {
    const first = await start(t)
    first.emulator.pace.set({ reads: 1 })
    const loaded = await load(first.call, 100)
    await first.call('GET', `/jobs/ingest/${loaded}`)
    const asked = await bulkQuery(first.call, 'SELECT Name FROM Account ORDER BY Name LIMIT 3')
    const open = (await createIngest(first.call, insert)).id
    const results = (await first.call('GET', `/jobs/query/${asked.id}/results`)).text
    await first.emulator.close()

    const { call } = await start(t)
    await checkLoad(call, loaded, 100)
    assert.deepEqual((await call('GET', `/jobs/query/${asked.id}`)).json, asked)
    assert.equal((await call('GET', `/jobs/query/${asked.id}/results`)).text, results)
    const { records } = (await call('GET', '/jobs/ingest')).json
    assert.deepEqual(records.map((job: Json) => job.id).sort(), [loaded, open].sort())
    assert.equal((await call('PUT', `/jobs/ingest/${open}/batches`, { body: 'Name\nA\n' })).status, 201)
    assert.ok((await createIngest(call, insert)).id > open)
  })

  it('go on where a stopped process left them', async (t) => {
    const first = await start(t)
    const id = await load(first.call, 10_000)
    const { state } = await until(first.call, id, (job) => job.numberRecordsProcessed > 0)
    await first.emulator.close()
    assert.equal(state, 'InProgress')
    await checkLoad((await start(t)).call, id, 10_000)
  })

  it('go on where a killed process left them: no row is lost, none is done twice', async (t) => {
    const args = ['--no-warnings', '--conditions=forcewire-source', program]
    const child = spawn(process.execPath, [...args, '--port', '0', '--seed', 'empty', '--data', file])
    t.after(() => child.kill('SIGKILL'))
    const [line] = await once(createInterface(child.stdout), 'line')
    const { url, ...credentials } = JSON.parse(line)
    const call = caller({ url, credentials } as Emulator)
    const id = await load(call, 20_000)
    await until(call, id, (job) => job.numberRecordsProcessed > 0)
    child.kill('SIGKILL')
    await once(child, 'close')
    await checkLoad((await start(t)).call, id, 20_000)
  })

  it('are gone with their files when the org is reset', async (t) => {
    const { emulator, call } = await start(t)
    const id = await load(call, 50)
    await until(call, id, (job) => job.state === 'JobComplete')
    emulator.reset()
    // At once: the next job has the same Id, and its files the same names.
    assert.deepEqual(readdirSync(`${file}.jobs`), [])
    await emulator.close()
    const again = await start(t)
    assert.equal((await again.call('GET', `/jobs/ingest/${id}`)).status, 404)
  })

  it('stay gone when the org is reset while they run', async (t) => {
    const { emulator, call } = await start(t)
    const id = await load(call, 20_000)
    await until(call, id, (job) => job.numberRecordsProcessed > 0)
    emulator.reset()
    await emulator.close()
    assert.deepEqual(readdirSync(`${file}.jobs`), [])
    assert.equal((await (await start(t)).call('GET', `/jobs/ingest/${id}`)).status, 404)
  })
})
