/**
 * The chunks of a web stream. Some browsers' streams cannot be looped over. Leaving the loop early cancels it, also
 * while a chunk is waited for.
 */
export function webStreamChunks<T>(stream: ReadableStream<T>): AsyncIterableIterator<T, undefined> {
  let reader: ReadableStreamDefaultReader<T> | undefined
  return {
    next: async () => {
      reader ??= stream.getReader()
      const { done, value } = await reader.read()
      return done ? { done, value: undefined } : { done, value }
    },
    return: async () => {
      await (reader ?? stream).cancel()
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
