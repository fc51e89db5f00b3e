import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { countingScratch } from './counting-scratch.ts'
import { settled } from './scripted-connection.ts'
import { insert, org } from './scripted-ingest-org.ts'

/** Four megabytes in rows of a thousandth each; a job has one of them. */
function rows(): { Name: string }[] {
  return Array.from({ length: 4000 }, (_, index) => ({ Name: String(index).padEnd(999, 'x') }))
}
const jobs = { ...insert, maxRows: 1500 }
const declared = { ...jobs, columns: ['Name'] }

test('the stores of a load are closed when it is done', async () => {
  for (const options of [jobs, declared]) {
    const { scratch, counts } = countingScratch()
    const { connection, sent } = org(undefined, { scratch })
    assert.equal((await createBulk(connection).ingest(options, rows()).run()).processed, 4000)
    const uploads = sent.filter(({ line }) => line.startsWith('PUT')).map(({ body }) => body.replace('Name\n', ''))
    assert.equal(
      uploads.join(''),
      rows()
        .map(({ Name }) => `${Name}\n`)
        .join(''),
    )
    assert.ok(counts.made >= 2)
    assert.equal(counts.open, 0)
  }
})

test('the stores of a load are closed when an upload fails', async () => {
  for (const options of [jobs, declared]) {
    const { scratch, counts } = countingScratch()
    const { connection } = org((line) => (line.startsWith('PUT') ? { status: 400, body: 'INVALIDJOB' } : undefined), {
      scratch,
    })
    await assert.rejects(createBulk(connection).ingest(options, rows()).run(), { status: 400 })
    assert.ok(counts.made >= 1)
    assert.equal(counts.open, 0)
  }
})

test('the stores of a load are closed when its source fails', async () => {
  function* broken(): Generator<{ Name: string }> {
    yield* rows()
    throw new Error('the file is gone')
  }
  for (const options of [jobs, declared]) {
    const { scratch, counts } = countingScratch()
    const { connection } = org(undefined, { scratch })
    await assert.rejects(createBulk(connection).ingest(options, broken()).run(), { message: 'the file is gone' })
    assert.ok(counts.made >= 1)
    assert.equal(counts.open, 0)
  }
})

test('the stores of a load are closed when it is aborted, and when its client is closed', async () => {
  for (const options of [jobs, declared]) {
    for (const how of ['signal', 'closing'] as const) {
      const stop = new AbortController()
      const { scratch, counts } = countingScratch()
      const { connection } = org(
        (line) => {
          if (line.startsWith('PUT')) stop.abort(new Error('enough'))
          return undefined
        },
        { scratch, ...(how === 'closing' ? { closing: stop.signal } : {}) },
      )
      const call = how === 'signal' ? { signal: stop.signal } : {}
      await assert.rejects(createBulk(connection).ingest(options, rows(), call).run(), { message: /enough/ })
      await settled()
      assert.ok(counts.made >= 1)
      assert.equal(counts.open, 0)
    }
  }
})

test('a store that is full ends the load in clear words, and aborts nothing that is uploaded', async () => {
  const { scratch, counts } = countingScratch({ store: 2, at: 'append' })
  const { connection, sent } = org(undefined, { scratch })
  const load = createBulk(connection).ingest({ ...declared, jobsInFlight: 1 }, rows())
  await assert.rejects(load.run(), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'ERR_SF_CONFIG')
    assert.match(error.message, /^The rows of a bulk load could not be kept outside of memory: ENOSPC: no space left/)
    assert.match(
      error.message,
      /Make room in the folder for temporary files \(TMPDIR\), or give the load a smaller maxBytes or fewer jobsInFlight\. The load has/,
    )
    return true
  })
  assert.deepEqual(
    load.jobs.map(({ state }) => state),
    ['JobComplete'],
  )
  assert.ok(!sent.some(({ body }) => body.includes('Aborted')))
  assert.equal(counts.open, 0)
})

test('what is wrong with a store decides what to do about it', async () => {
  const room = 'Make room in the folder for temporary files (TMPDIR), or '
  const folder = 'The folder for temporary files (TMPDIR) must exist and be writable; or '
  const cases = [
    ['ENOSPC', room],
    ['EDQUOT', room],
    ['ENOENT', folder],
    ['EACCES', folder],
    ['EROFS', folder],
    [undefined, folder],
  ] as const
  for (const [code, advice] of cases) {
    const scratch = () => Promise.reject(Object.assign(new Error('no store'), { code }))
    const messageOf = (options: typeof jobs): Promise<string> =>
      createBulk(org(undefined, { scratch }).connection)
        .ingest(options, rows())
        .run()
        .then(String, ({ message }: Error) => message)
    const reason = 'The rows of a bulk load could not be kept outside of memory: no store. '
    assert.equal(await messageOf(declared), `${reason}${advice}give the load a smaller maxBytes or fewer jobsInFlight.`)
    assert.equal(await messageOf(jobs), `${reason}${advice}name the columns of the rows in the option columns.`)
  }
})

test('a store that cannot be read ends the load in clear words, and aborts the job that lacks its rows', async () => {
  const { scratch, counts } = countingScratch({ store: 1, at: 'read' })
  const { connection, sent } = org(undefined, { scratch })
  const load = createBulk(connection).ingest(declared, rows())
  await assert.rejects(load.run(), { code: 'ERR_SF_CONFIG', message: /could not be kept outside of memory: EIO/ })
  assert.ok(sent.some(({ line, body }) => line.endsWith('750000000000001') && body.includes('Aborted')))
  assert.equal(counts.open, 0)
})

test('the stores of parts that wait for the end of a source are closed when it is another one', async () => {
  const { scratch, counts } = countingScratch()
  const { connection, lines } = org(undefined, { scratch })
  const load = createBulk(connection).ingest(declared, rows())
  await load.upload()
  const { made } = counts
  const jobs = load.checkpoint.jobs.filter((_, index) => index !== 1)
  const resumed = createBulk(connection).resume({ ...load.checkpoint, complete: false, jobs }, rows().slice(0, -1))
  await assert.rejects(resumed.run(), { code: 'ERR_SF_CONFIG', message: /^The source has only 3999 rows/ })
  assert.equal(lines().filter((line) => line.startsWith('POST')).length, 3)
  assert.ok(counts.made > made)
  assert.equal(counts.open, 0)
})
