import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBulk } from '../../src/bulk/bulk.ts'
import type { BulkProgress } from '../../src/bulk/progress.ts'
import { TransportError } from '../../src/errors/transport-error.ts'
import { ids, idsOf, type Override, org, pagesOf, soql, textOf } from './scripted-query-org.ts'

function breaking(after: number, how: 'quietly' | 'loudly', times: number): { override: Override; rows: string[] } {
  const rows = Array.from({ length: 100 }, (_, index) => `"${1000 + index}","name ""${index}"""`)
  const whole = new TextEncoder().encode(['"Id","Name"', ...rows, ''].join('\n'))
  let left = times
  async function* body(): AsyncGenerator<Uint8Array> {
    if (left-- <= 0) {
      yield whole
      return
    }
    for (let at = 0; at < after; at += 50) yield whole.subarray(at, Math.min(at + 50, after))
    if (how === 'loudly') throw new TransportError('the connection was closed')
  }
  const headers = { 'sforce-numberofrecords': '100' }
  return { rows, override: (line) => (line.includes('/results?') ? { headers, body: body() } : undefined) }
}

for (const how of ['quietly', 'loudly'] as const) {
  test(`goes on where a page ${how} broke off, without a record twice or torn`, async () => {
    for (const after of [0, 3, 12, 100, 101, 107, 999, 1500]) {
      const { override, rows } = breaking(after, how, 1)
      const { connection } = org([[]], override)
      const bulk = createBulk(connection)
      const expected = rows.map((_, index) => ({ Id: String(1000 + index), Name: `name "${index}"` }))
      assert.deepEqual(await bulk.query(soql).all(), expected, `after ${after}`)
      const again = org([[]], breaking(after, how, 1).override)
      assert.equal(
        await textOf(createBulk(again.connection).query(soql).csv()),
        ['"Id","Name"', ...rows, ''].join('\n'),
        `after ${after}`,
      )
    }
  })
}

for (const name of ['content-length', 'transfer-encoding']) {
  test(`hands out the bytes of an answer with ${name} uncounted, and notices where they break off`, async () => {
    for (const how of ['quietly', 'loudly'] as const) {
      for (const after of [3, 12, 100, 101, 999, 1500]) {
        // Where a line ends only a length, or the connection, tells that more should come.
        if (after === 12 && how === 'quietly' && name === 'transfer-encoding') continue
        const { override, rows } = breaking(after, how, 1)
        const whole = ['"Id","Name"', ...rows, ''].join('\n')
        const framing = { [name]: name === 'content-length' ? String(whole.length) : 'chunked' }
        const framed: Override = async (line, signal) => {
          const answer = await override(line, signal)
          return answer && { ...answer, headers: { ...answer.headers, ...framing } }
        }
        assert.equal(
          await textOf(
            createBulk(org([[]], framed).connection)
              .query(soql)
              .csv(),
          ),
          whole,
          `${how} ${after}`,
        )
      }
    }
  })
}

test('gives the bytes of a result whose last line is not ended, and ends that', async () => {
  for (const headers of [{}, { 'content-length': '12' }, { 'transfer-encoding': 'chunked' }]) {
    const { connection } = org([['"1","a"'], ['"2","b"']], (line) => {
      const page = /locator=p(.)/.exec(line)?.[1]
      if (page === undefined) return undefined
      return { headers: { ...headers, 'sforce-numberofrecords': '1' }, body: `"Id","Na\n""me"\n"${page}","x"` }
    })
    assert.equal(
      await textOf(createBulk(connection).query(soql).csv()),
      '"Id","Na\n""me"\n"0","x"\n"1","x"\n',
      JSON.stringify(headers),
    )
  }
})

test('tells the progress of bytes', async () => {
  for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
    const { connection } = org([[]], (line) =>
      line.includes('/results?')
        ? { headers: { ...headers, 'sforce-numberofrecords': '2' }, body: '"Id"\n"1"\n"2"\n' }
        : undefined,
    )
    const rows: number[] = []
    const query = createBulk(connection).query(soql)
    query.on('progress', (news: BulkProgress) => news.phase === 'downloading' && rows.push(news.rows))
    await textOf(query.csv())
    assert.equal(rows.at(-1), 2)
  }
})

test('gives up a page that is short twice, saying what is missing', async () => {
  const { override } = breaking(12 + 20 * 3, 'quietly', 2)
  const { connection } = org([[]], override)
  await assert.rejects(createBulk(connection).query(soql).all(), {
    code: 'ERR_SF_PROTOCOL',
    message: /holds 3 records where Salesforce announced 100/,
  })
})

test('bears any number of broken connections as long as records come', async () => {
  const rows = pagesOf(1, 50)
  let attempt = 0
  const whole = new TextEncoder().encode(['"Id","Name"', ...(rows[0] ?? []), ''].join('\n'))
  async function* body(): AsyncGenerator<Uint8Array> {
    attempt += 1
    yield whole.subarray(0, attempt * 100)
    if (attempt * 100 < whole.length) throw new TransportError('closed')
  }
  const { connection } = org(rows, (line) =>
    line.includes('/results?') ? { headers: { 'sforce-numberofrecords': '50' }, body: body() } : undefined,
  )
  assert.equal((await createBulk(connection).query(soql).all()).length, 50)
  assert.ok(attempt > 3)
})

for (const [what, answer] of [
  ['is empty', { body: '' }],
  ['is a page of a proxy', { headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }],
] as const) {
  test(`does not take a result that ${what} for one without records`, async () => {
    let times = 1
    const once: Override = (line) => (line.includes('/results?') && times-- > 0 ? answer : undefined)
    assert.equal(
      (
        await createBulk(org(pagesOf(1), once).connection)
          .query(soql)
          .all()
      ).length,
      2,
    )
    const always: Override = (line) => (line.includes('/results?') ? answer : undefined)
    await assert.rejects(
      createBulk(org(pagesOf(1), always).connection)
        .query(soql)
        .all(),
      { code: 'ERR_SF_PROTOCOL' },
    )
  })
}

for (const pages of [{ maxRecords: 2 }, {}]) {
  const road = pages.maxRecords === undefined ? 'listed pages' : 'pages by locator'
  test(`asks again for one of several ${road} that a proxy answered, and misses none`, async () => {
    for (const struck of [0, 1, 2]) {
      let asked = 0
      const once: Override = (line) =>
        line.includes('/results?') && asked++ === struck
          ? { headers: { 'content-type': 'text/html' }, body: '<html>Log in</html>' }
          : undefined
      const expected = pagesOf(4)
      const rows = await createBulk(org(expected, once).connection).query(soql, pages).all()
      assert.deepEqual(ids(rows), idsOf(expected), `page ${struck}`)
    }
  })
}

test('does not take a page for the last one when the headers that would say so are missing', async () => {
  const bare: Override = (line) => (line.includes('/results?') ? { body: '"Id"\n"001"\n' } : undefined)
  await assert.rejects(
    createBulk(org(pagesOf(2), bare).connection)
      .query(soql, { maxRecords: 2 })
      .all(),
    { code: 'ERR_SF_PROTOCOL', message: /without the headers that tell whether it is the last page/ },
  )
})

test('lets go of the connection of a page that a proxy answered', async () => {
  let [opened, open] = [0, 0]
  async function* page(): AsyncGenerator<Uint8Array> {
    opened += 1
    open += 1
    try {
      yield new TextEncoder().encode('<html>')
      yield new TextEncoder().encode('Log in</html>')
    } finally {
      open -= 1
    }
  }
  let bodies = 0
  const always: Override = (line) => {
    if (!line.includes('/results?')) return undefined
    bodies += 1
    return { headers: { 'content-type': 'text/html' }, body: { [Symbol.asyncIterator]: page } }
  }
  await assert.rejects(
    createBulk(org(pagesOf(1), always).connection)
      .query(soql)
      .all(),
    { code: 'ERR_SF_PROTOCOL' },
  )
  assert.ok(bodies > 1)
  assert.deepEqual([opened, open], [bodies, 0])
})
