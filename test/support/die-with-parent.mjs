// Preloaded into child processes (plain JavaScript: some children run under other Node versions). File descriptor 3 is
// a pipe from the parent; it ends when the parent is gone, however it went, and then so is this process group.
import { Socket } from 'node:net'
import { isMainThread } from 'node:worker_threads'

// Worker threads and forked grandchildren inherit the preload but not the pipe.
if (isMainThread && process.env.FORCEWIRE_LIFELINE === String(process.ppid)) {
  const lifeline = new Socket({ fd: 3 })
  lifeline.on('error', () => {})
  lifeline.on('close', () => {
    endGroup('SIGTERM')
    // Time to clean up, for those that do.
    setTimeout(endGroup, 20_000, 'SIGKILL')
  })
  lifeline.resume()
  lifeline.unref()
}

/** @param {NodeJS.Signals} signal */
function endGroup(signal) {
  try {
    process.kill(-process.pid, signal)
  } catch {
    process.exit(1)
  }
}
