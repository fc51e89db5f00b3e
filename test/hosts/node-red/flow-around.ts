import type { FlowNode } from '../../support/node-red-admin.ts'

/** Properties of the node under test, beside those that have a default. */
export interface NodeUnderTest {
  readonly type: string
  readonly [property: string]: unknown
}

const defaults = {
  parameters: {},
  input: 'payload',
  inputType: 'msg',
  output: 'array',
  pageSize: 2000,
  property: 'payload',
  failedRows: 'error',
  version: 1,
}

const answer =
  'msg.statusCode = 200; msg.payload = { payload: msg.payload, salesforce: msg.salesforce, error: msg.error }; return msg'

/**
 * A flow that answers `POST /run` with what the node under test makes of the body's payload: its output, or the error
 * that a Catch node saw. Errors go to a debug node too, since a load with refused rows both sends and fails.
 * Ids end in `round`, so that late events of an earlier flow are not mistaken for this one's.
 */
export function flowAround(node: NodeUnderTest, connection: FlowNode, round: number): FlowNode[] {
  const place = { z: 'tab', x: 100, y: 100 }
  const code = (id: string, func: string, to: string): FlowNode => ({
    id,
    type: 'function',
    ...place,
    func,
    outputs: 1,
    wires: [[to]],
  })
  return [
    { id: 'tab', type: 'tab', label: 'test' },
    { id: 'in', type: 'http in', ...place, url: '/run', method: 'post', wires: [['unpack']] },
    code('unpack', 'msg.payload = msg.payload.payload; return msg', `node-${round}`),
    { ...defaults, ...node, id: `node-${round}`, ...place, connection: connection.id, wires: [['answer']] },
    { id: 'catch', type: 'catch', ...place, scope: null, wires: [[`errors-${round}`, 'unanswered']] },
    {
      id: `errors-${round}`,
      type: 'debug',
      ...place,
      active: true,
      tosidebar: true,
      complete: 'true',
      targetType: 'full',
      wires: [],
    },
    code('unanswered', 'return msg.res._res.headersSent ? null : msg', 'answer'),
    code('answer', answer, 'out'),
    { id: 'out', type: 'http response', ...place, headers: { 'content-type': 'application/json' }, wires: [] },
    connection,
  ]
}

/** Turns plain values into what the dialog saves: `{ type, value }`. */
export function typed(values: Readonly<Record<string, unknown>>): Record<string, { type: string; value: string }> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (typeof value === 'string') return [name, { type: 'str', value }]
      return [name, { type: 'json', value: JSON.stringify(value) }]
    }),
  )
}
