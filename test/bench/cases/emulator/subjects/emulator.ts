import { createEmulator } from '@forcewire/emulator'
import type { Serve } from '../subject.ts'

/** The emulator as a test would start it. */
export const serve: Serve = async () => {
  const { url, credentials } = await createEmulator()
  return { url, token: credentials.accessToken }
}
