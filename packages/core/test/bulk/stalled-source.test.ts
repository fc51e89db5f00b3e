import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { BulkIngest } from '../../src/bulk/ingest.ts'
import type { IngestSource } from '../../src/bulk/ingest-source.ts'
import { settled } from './scripted-connection.ts'
import { insert, org } from './scripted-ingest-org.ts'

interface Stalling {
  readonly source: IngestSource
  /** Whether the source was asked to clean up. */
  left(): boolean
}

/** An iterator that has some items and then neither gives nor ends, and does not mind being asked to return. */
function iterator(...items: unknown[]): Stalling {
  let left = false
  const next = async (): Promise<IteratorResult<unknown>> =>
    items.length > 0 ? { done: false, value: items.shift() } : new Promise(() => {})
  const give = {
    next,
    return: () => {
      left = true
      return new Promise(() => {})
    },
  }
  return { source: { [Symbol.asyncIterator]: () => give } as AsyncIterable<string>, left: () => left }
}

const sources: Readonly<Record<string, () => Stalling>> = {
  'never gives anything': () => iterator(),
  'stalls after some rows': () => iterator({ Name: 'a' }, { Name: 'b' }, { Name: 'c' }),
  'stalls within a CSV': () => iterator('Name\na\nb\nc'),
  'is a generator that waits for ever': () => {
    async function* rows(): AsyncGenerator<{ Name: string }> {
      yield { Name: 'a' }
      await new Promise(() => {})
    }
    return { source: rows(), left: () => true }
  },
  'is a Node stream that stalls': () => {
    const stream = new Readable({ read() {} })
    stream.push('Name\na\n')
    return { source: stream, left: () => stream.destroyed }
  },
  'is a web stream that stalls': () => {
    let left = false
    const stream = new ReadableStream<string>({
      start: (controller) => controller.enqueue('Name\na\n'),
      cancel: () => {
        left = true
      },
    })
    return { source: stream, left: () => left }
  },
}

const ways: Readonly<Record<string, (load: BulkIngest) => Promise<unknown>>> = {
  'run()': (load) => load.run(),
  'upload()': (load) => load.upload(),
  'its results': (load) => load.failed().all(),
}

/** Uploads each row of its own, so that jobs are under way when the source stalls. */
const options = { ...insert, maxRows: 1, columns: ['Name'] }

describe('a bulk load whose source', () => {
  for (const [what, make] of Object.entries(sources)) {
    for (const [way, start] of Object.entries(ways)) {
      it(`${what} ends by the signal, asked for by ${way}`, async () => {
        const stop = new AbortController()
        const { connection } = org()
        const { source, left } = make()
        const ended = start(createBulk(connection).ingest(options, source, { signal: stop.signal }))
        ended.catch(() => {})
        await settled()
        stop.abort(new Error('enough'))
        await assert.rejects(ended, { message: 'enough' })
        assert.equal(getEventListeners(stop.signal, 'abort').length, 0)
        await settled()
        assert.ok(left())
      })

      it(`${what} ends when the client is closed, asked for by ${way}`, async () => {
        const closing = new AbortController()
        const { connection } = org(undefined, { closing: closing.signal })
        const { source, left } = make()
        const ended = start(createBulk(connection).ingest(options, source))
        ended.catch(() => {})
        await settled()
        closing.abort(new Error('closed'))
        await assert.rejects(ended, { message: 'closed' })
        assert.equal(getEventListeners(closing.signal, 'abort').length, 0)
        await settled()
        assert.ok(left())
      })
    }
  }

  it('stalls aborts the jobs that have not ended when the signal says so', async () => {
    const stop = new AbortController()
    const { connection, sent } = org((line) =>
      line.startsWith('GET') ? { body: { id: '750000000000001', state: 'InProgress' } } : undefined,
    )
    const load = createBulk(connection).ingest(options, iterator({ Name: 'a' }, { Name: 'b' }).source, {
      signal: stop.signal,
    })
    const ended = load.run()
    ended.catch(() => {})
    await settled()
    stop.abort(new Error('enough'))
    await assert.rejects(ended, { message: 'enough' })
    assert.deepEqual([sent.at(-1)?.body, load.jobs[0]?.state], ['{"state":"Aborted"}', 'Aborted'])
  })

  it('stalls ends as soon as a job has failed', async () => {
    const { connection } = org((line) =>
      line.startsWith('GET')
        ? { body: { id: '750000000000001', state: 'Failed', object: 'Account', operation: 'insert' } }
        : undefined,
    )
    const load = createBulk(connection).ingest(options, iterator({ Name: 'a' }, { Name: 'b' }).source)
    await assert.rejects(load.run(), { code: 'ERR_SF_BULK_JOB' })
  })

  it('stalls does not hold up a loop over its results that is left', async () => {
    const { connection } = org()
    const load = createBulk(connection).ingest(options, iterator().source)
    const rows = load.failed()[Symbol.asyncIterator]()
    const first = rows.next()
    await settled()
    await rows.return?.()
    assert.deepEqual(await first, { done: true, value: undefined })
  })

  it('aborts the signal itself, between two rows, ends by it', async () => {
    const stop = new AbortController()
    function* inMemory(): Generator<{ Name: string }> {
      yield { Name: 'a' }
      stop.abort(new Error('enough'))
      yield { Name: 'b' }
    }
    const { connection, lines } = org()
    const load = createBulk(connection).ingest({ ...options, maxRows: 5 }, inMemory(), { signal: stop.signal })
    await assert.rejects(load.run(), { message: 'enough' })
    assert.deepEqual(lines(), [])
  })

  for (const columns of [['Name'], undefined]) {
    const known = columns === undefined ? 'read ahead' : 'declared'
    it(`gives rows without end, its columns ${known}, is left within a block of lines`, async () => {
      const stop = new AbortController()
      let after = 0
      let left = false
      function* endless(): Generator<{ Name: string }> {
        try {
          for (let row = 0; ; row += 1) {
            if (row === 5000) stop.abort(new Error('enough'))
            if (row >= 5000) after += 1
            assert.ok(after < 100_000, 'it is read on and on')
            yield { Name: `row ${row}` }
          }
        } finally {
          left = true
        }
      }
      const { connection, lines } = org()
      const load = createBulk(connection).ingest({ ...insert, columns }, endless(), { signal: stop.signal })
      await assert.rejects(load.run(), { message: 'enough' })
      assert.deepEqual([left, after <= 1024, lines()], [true, true, []])
    })
  }

  const plenty: Readonly<Record<string, () => IngestSource>> = {
    'rows from memory': function* rows() {
      for (let row = 0; row < 400_000; row += 1) yield { Name: 'a' }
    },
    'rows that are none': function* rows() {
      for (let row = 0; row < 400_000; row += 1) yield {}
    },
    'a CSV from memory': async function* csv() {
      yield 'Name\n'
      for (let row = 0; row < 400_000; row += 1) yield 'a\n'
    },
  }
  for (const [what, make] of Object.entries(plenty)) {
    it(`gives ${what} at once lets timers fire`, async () => {
      const stop = new AbortController()
      const { connection } = org()
      let now = 0
      const clock: typeof connection.clock = {
        // Each look at the time takes some.
        now: () => (now += 1),
        sleep: async () => {
          await new Promise((resolve) => setImmediate(resolve))
        },
      }
      const load = createBulk({ ...connection, clock }).ingest(insert, make(), { signal: stop.signal })
      setImmediate(() => stop.abort(new Error('enough')))
      await assert.rejects(load.run(), { message: 'enough' })
      assert.ok(load.counts.rows < 400_000)
    })
  }

  it('was not asked for anything is left alone by a signal that is aborted already', async () => {
    let asked = false
    const source = { [Symbol.asyncIterator]: () => assert.fail('asked') as never }
    Object.defineProperty(source, 'destroy', { value: () => (asked = true) })
    const { connection } = org()
    const load = createBulk(connection).ingest(insert, source, { signal: AbortSignal.abort(new Error('before')) })
    await assert.rejects(load.run(), { message: 'before' })
    assert.equal(asked, false)
  })
})
