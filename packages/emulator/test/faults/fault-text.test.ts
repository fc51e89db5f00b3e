import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFault } from '../../src/faults/fault-text.ts'

for (const [text, fault] of [
  ['/limits 503', { path: '/limits', status: 503 }],
  [
    'POST /jobs/ingest 503 SERVER_UNAVAILABLE x2 retry-after:5',
    {
      method: 'POST',
      path: '/jobs/ingest',
      status: 503,
      errorCode: 'SERVER_UNAVAILABLE',
      times: 2,
      headers: { 'retry-after': '5' },
    },
  ],
  [
    'PATCH /sobjects UNABLE_TO_LOCK_ROW always probability=0.1',
    {
      method: 'PATCH',
      path: '/sobjects',
      errorCode: 'UNABLE_TO_LOCK_ROW',
      times: Number.POSITIVE_INFINITY,
      probability: 0.1,
    },
  ],
  ['/query reset skip=3', { path: '/query', reset: true, skip: 3 }],
  ['/query  delay=50 truncate=100 ', { path: '/query', delay: 50, truncate: 100 }],
  ['/\\/query\\/01g/i expire-session', { path: /\/query\/01g/i, expireSession: true }],
  ['/query reset after', { path: '/query', reset: true, after: true }],
  ['/query truncate=9 ending=whole', { path: '/query', truncate: 9, ending: 'whole' }],
  ['/query 500 message=All+down', { path: '/query', status: 500, message: 'All down' }],
] as const) {
  test(`"${text}" is a fault`, () => {
    const { method, ...rest } = parseFault(text)
    assert.deepEqual(method === undefined ? rest : { method, ...rest }, fault)
  })
}

for (const [text, words] of [
  ['', /begins with a path/],
  ['503 /limits', /begins with a path/],
  ['/limits', /at least one effect/],
  ['/limits 503 twice', /"twice" is none of the words of a fault: a status/],
  ['/limits 199', /status of a fault must be/],
  ['/limits 503 x0', /times of a fault must be/],
  ['/limits 503 probability=7', /probability of a fault must be/],
  ['/(/ 503', /no regular expression/],
] as const) {
  test(`"${text}" is refused with what would be one`, () => {
    assert.throws(() => parseFault(text), words)
  })
}
