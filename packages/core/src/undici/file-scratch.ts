import { randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scratch } from '../bulk/scratch.ts'

/**
 * A scratch store in a temporary file that nobody else may read. Where the system allows it the file has no name from
 * the start, so that nothing stays behind even when the process is killed.
 */
export async function fileScratch(): Promise<Scratch> {
  const path = join(tmpdir(), `forcewire-${process.pid}-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  const named = await unlink(path).then(
    () => false,
    () => true,
  )
  let size = 0
  return {
    async append(bytes) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, size)
        done += bytesWritten
        size += bytesWritten
      }
    },
    async read(from, into) {
      for (let done = 0; done < into.length; ) {
        const { bytesRead } = await file.read(into, done, into.length - done, from + done)
        if (bytesRead === 0) throw new Error(`the temporary file ends at byte ${from + done}`)
        done += bytesRead
      }
    },
    async close() {
      await file.close()
      if (named) await unlink(path)
    },
  }
}
