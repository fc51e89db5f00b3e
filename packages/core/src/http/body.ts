/** Reads a body whole. One chunk, the usual case for small answers, is not copied. */
export async function readBytes(
  body: AsyncIterable<Uint8Array>,
  atMost: number = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length >= atMost) break
  }
  const [first] = chunks
  if (first === undefined) return new Uint8Array(0)
  if (chunks.length === 1) return first
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** Leaves a body that nobody will read: unread, it would keep its connection. */
export async function letGo(body: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of body) return
}

/** Reads a body as UTF-8 text. */
export async function readText(body: AsyncIterable<Uint8Array>, atMost?: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(body, atMost))
}

/**
 * Decompresses a gzip body that nobody has decompressed yet. Hosts often decompress but leave the header, so the first
 * two bytes decide.
 */
export async function* gunzipWhereNeeded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const source = body[Symbol.asyncIterator]()
  let head: Uint8Array<ArrayBufferLike> = new Uint8Array(0)
  let ended = false
  try {
    while (head.byteLength < 2 && !ended) {
      const result = await source.next()
      if (result.done) ended = true
      else head = head.byteLength === 0 ? result.value : joined(head, result.value)
    }
    const rest = restOf(head, source)
    if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(rest)
    else yield* rest
    ended = true
  } finally {
    if (!ended) await source.return?.()
  }
}

async function* gunzip(source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(value as Uint8Array<ArrayBuffer>)
    },
    async cancel() {
      await source.return(undefined)
    },
  })
  yield* stream.pipeThrough(new DecompressionStream('gzip'))
}

async function* restOf(
  head: Uint8Array,
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (head.byteLength > 0) yield head
  for (let result = await source.next(); !result.done; result = await source.next()) yield result.value
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.byteLength + second.byteLength)
  bytes.set(first)
  bytes.set(second, first.byteLength)
  return bytes
}
