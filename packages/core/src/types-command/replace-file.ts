import { rename, rm, writeFile } from 'node:fs/promises'
import { ConfigurationError } from '../errors/configuration-error.ts'

/**
 * Writes a file at once: who reads it meanwhile finds the old text or the new one, and a failure leaves the old one.
 *
 * @throws ConfigurationError when it cannot be written.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${crypto.randomUUID()}.tmp`
  try {
    await writeFile(draft, text, { flag: 'wx' })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigurationError(`${file} cannot be written (${code}); choose another with --out.`, { cause: error })
  }
}
