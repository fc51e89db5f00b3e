import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Why browser tests cannot run here; false where they can. */
export const skipWithoutChromium: string | false = existsSync(executablePath)
  ? false
  : `no Chromium at ${executablePath}; install it or set CHROMIUM`

/** Starts the system's Chromium without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  })
}
