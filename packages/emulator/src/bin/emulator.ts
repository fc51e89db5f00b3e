#!/usr/bin/env node
const OLDEST = [22, 16] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
  // Only now: what it imports needs a node:sqlite that older versions have not.
  await import('./run.ts')
} else {
  process.stderr.write(`The emulator needs Node ${OLDEST.join('.')} or newer; this is ${process.version}.\n`)
  process.exitCode = 1
}
