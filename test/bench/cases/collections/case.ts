import { type BenchCase, json, withAndWithoutGzip } from '../../bench-case.ts'

const rows = 5000
const latency = 20

/** Many records, created in calls of 200 as against one by one. */
export const benchCases: readonly BenchCase[] = [
  ...withAndWithoutGzip({
    name: 'collections',
    title: `${rows.toLocaleString('en')} creates, ${latency} ms a call`,
    unit: 'rows',
    expected: { rows, checksum: rows },
    contestants: ['forcewire', 'one-by-one'],
    repetitions: 1,
    latency,
    bars: [
      { figure: 'requests', most: 28 },
      { figure: 'wallSeconds', against: 'one-by-one', most: 1 / 20 },
    ],
    prepare() {
      let made = 0
      const result = (): object => {
        made += 1
        return { id: `001${String(made).padStart(12, '0')}AAA`, success: true, errors: [] }
      }
      return ({ path, body }) => {
        if (!path.endsWith('/composite/sobjects')) return json(result(), 201)
        const { records } = JSON.parse(body.text) as { records: readonly unknown[] }
        return json(records.map(result))
      }
    },
  }),
]
