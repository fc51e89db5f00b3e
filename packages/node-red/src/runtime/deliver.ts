import type { Row } from '@forcewire/operations'
import type { Message, MessageParts, NodeRed, Send } from './node-red.ts'

/** How a list of results leaves the node. */
export type OutputMode = 'array' | 'page' | 'message'

export interface DeliverOptions {
  readonly mode: OutputMode
  /** Rows in one message of mode `page`. */
  readonly pageSize: number
  /** Property of the message that takes the result: `payload`. */
  readonly property: string
  /** Value of `msg.salesforce`, asked anew for each message. */
  readonly about: () => Readonly<Record<string, unknown>>
}

/**
 * Sends rows on as one array, as pages or one by one. Sequences carry `msg.parts` with `count` on the last message,
 * which a Join node needs; for that, one message is always held back. An empty result is one message with `[]`, so
 * that the flow goes on. Between messages the event loop gets a turn, since Node-RED's `send` has no back-pressure.
 * @returns the number of rows sent
 */
export async function deliver(
  RED: NodeRed,
  message: Message,
  send: Send,
  rows: AsyncIterable<Row>,
  options: DeliverOptions,
): Promise<number> {
  if (options.mode === 'array') {
    const all: Row[] = []
    for await (const row of rows) all.push(row)
    send(fill(RED, message, all, options))
    return all.length
  }
  return deliverSequence(RED, message, send, rows, options)
}

async function deliverSequence(
  RED: NodeRed,
  message: Message,
  send: Send,
  rows: AsyncIterable<Row>,
  options: DeliverOptions,
): Promise<number> {
  const single = options.mode === 'message'
  const id = RED.util.generateId()
  let index = 0
  let count = 0
  let held: Row[] | undefined

  const sendHeld = (page: Row[], last: boolean): void => {
    const copy = RED.util.cloneMessage(message)
    copy.parts = partsOf(message, { id, index, length: single ? 1 : page.length, last })
    send(fill(RED, copy, single ? page[0] : page, options))
    index++
  }

  for await (const page of pagesOf(rows, single ? 1 : options.pageSize)) {
    count += page.length
    if (held !== undefined) {
      sendHeld(held, false)
      if (!single || index % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    held = page
  }
  if (held === undefined) send(fill(RED, message, [], options))
  else sendHeld(held, true)
  return count
}

function partsOf(
  message: Message,
  { id, index, length, last }: { id: string; index: number; length: number; last: boolean },
): MessageParts {
  return {
    id,
    type: 'array',
    index,
    len: length,
    ...(last ? { count: index + 1 } : {}),
    ...(message.parts === undefined ? {} : { parts: message.parts }),
  }
}

async function* pagesOf(rows: AsyncIterable<Row>, size: number): AsyncIterable<Row[]> {
  let page: Row[] = []
  for await (const row of rows) {
    page.push(row)
    if (page.length < size) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

/** Puts a result and the facts about it into a message. */
export function fill(
  RED: NodeRed,
  message: Message,
  result: unknown,
  { property, about }: Pick<DeliverOptions, 'property' | 'about'>,
): Message {
  RED.util.setMessageProperty(message, property, result, true)
  message.salesforce = about()
  return message
}
