import type { Serve } from '../subject.ts'

const PROGRAM = new URL('bin/emulator.js', import.meta.resolve('@forcewire/emulator'))

/** The emulator as its command line starts it, in this process; what it prints tells where it is. */
export const serve: Serve = async () => {
  process.argv = [process.execPath, PROGRAM.pathname, '--port', '0', '--seed', 'empty']
  const { write } = process.stdout
  let printed = ''
  process.stdout.write = (text: string | Uint8Array): boolean => {
    printed += String(text)
    return true
  }
  await import(PROGRAM.href)
  process.stdout.write = write
  const { url, accessToken } = JSON.parse(printed)
  return { url, token: accessToken }
}
