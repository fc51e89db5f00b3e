import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import { insert, org } from './scripted-ingest-org.ts'
import { workingOrg } from './working-org.ts'

interface Row {
  Name: string
}

/** One object again and again, as a cursor of a database hands it out. */
function* changing(count: number): Generator<Row> {
  const row = { Name: '' }
  for (let index = 0; index < count; index += 1) {
    row.Name = `n${index}`
    yield row
  }
}

async function* later(rows: Iterable<Row>): AsyncGenerator<Row> {
  yield* rows
}

const names = Array.from({ length: 50 }, (_, index) => `n${index}`)

test('a source that gives the same object again and again loses no row', async () => {
  for (const source of [changing, (count: number) => later(changing(count))]) {
    for (const more of [{}, { columns: ['Name'] }, { positions: true }]) {
      const { connection, uploads } = workingOrg()
      const load = createBulk(connection).ingest({ ...insert, ...more }, source(50))
      await load.run()
      assert.deepEqual(uploads(), [names])
      if (!('positions' in more)) continue
      const rows = await load.successful().all()
      assert.deepEqual(
        rows.map(({ sf__Row }) => sf__Row),
        names.map((_, index) => index),
      )
    }
  }
})

test('a source that fails has the jobs filled that were full by then', async () => {
  function* broken(): Generator<Row> {
    yield* changing(5)
    throw new Error('the cursor is gone')
  }
  for (const source of [broken, () => later(broken())]) {
    const { connection, sent } = org()
    const load = createBulk(connection).ingest({ ...insert, columns: ['Name'], maxRows: 2 }, source())
    await assert.rejects(load.run(), { message: 'the cursor is gone' })
    assert.deepEqual(
      sent.filter(({ line }) => line.startsWith('PUT')).map(({ body }) => body),
      ['Name\nn0\nn1\n', 'Name\nn2\nn3\n'],
    )
  }
})
