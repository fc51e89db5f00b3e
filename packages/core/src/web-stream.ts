/** The chunks of a web stream. Some browsers' streams cannot be looped over. Leaving the loop early cancels it. */
export async function* webStreamChunks<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, undefined> {
  const reader = stream.getReader()
  let ended = false
  try {
    for (let item = await reader.read(); !item.done; item = await reader.read()) yield item.value
    ended = true
  } finally {
    if (!ended) await reader.cancel()
  }
}
