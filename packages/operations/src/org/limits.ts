import { type Operation, operation, type Row } from '../operation.ts'

export const limits: Operation = operation({
  id: 'org.limits',
  label: 'Get Limits',
  action: 'Get the limits of the org',
  description: 'Lists the limits of the org, such as daily API requests, with what is left of each.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-limits.html',
  parameters: {},
  rows: 'none',
  example: { parameters: {}, volatile: ['max', 'remaining', 'used'] },
  async *run({ salesforce, signal }) {
    yield* flatten('', (await salesforce.limits({ signal })) as Row)
  },
})

/** One row a limit. Some entries hold more entries: `PermissionSets` has `CreateCustom` beside its own numbers. */
function* flatten(parent: string, entries: Row): Generator<Row> {
  for (const [key, entry] of Object.entries(entries)) {
    if (typeof entry !== 'object' || entry === null) continue
    const name = parent === '' ? key : `${parent}.${key}`
    const { Max, Remaining } = entry as { Max?: number; Remaining?: number }
    if (typeof Max === 'number' && typeof Remaining === 'number') {
      yield { name, max: Max, remaining: Remaining, used: Max - Remaining }
    }
    yield* flatten(name, entry as Row)
  }
}
