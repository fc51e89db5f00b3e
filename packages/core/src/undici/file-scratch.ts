import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Scratch } from '../bulk/scratch.ts'

const PIECE = 1 << 16

/**
 * A scratch store in a temporary file that nobody else may read. Where the system allows it the file has no name from
 * the start, so that nothing stays behind even when the process is killed.
 */
export async function fileScratch(): Promise<Scratch> {
  const path = join(tmpdir(), `forcewire-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  const nameless = await unlink(path).then(
    () => true,
    () => false,
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
    read: (from, to) => pieces(file, from, to),
    async close() {
      await file.close()
      if (!nameless) await unlink(path)
    },
  }
}

async function* pieces(file: FileHandle, from: number, to: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = from; at < to; ) {
    const piece = Buffer.allocUnsafeSlow(Math.min(PIECE, to - at))
    const { bytesRead } = await file.read(piece, 0, piece.length, at)
    if (bytesRead === 0) throw new Error(`the temporary file ends at byte ${at} of ${to}`)
    yield piece.subarray(0, bytesRead)
    at += bytesRead
  }
}
