import { TimeoutError } from '../errors/transport-error.ts'
import type { Call } from './call.ts'
import type { PipelineResponse, Policy } from './policy.ts'
import type { SharedTimer } from './shared-timer.ts'

/** The calls that the end of the client ends. */
export interface ActiveCalls {
  /** Ends the call at once where the client is closed. */
  add(call: Call): void
  delete(call: Call): void
}

/**
 * Ends a call when its time until the response headers has passed or its caller aborts it, even when a transport
 * ignores signals. An abort rejects with the signal's own reason.
 */
export function deadline(timer: SharedTimer, active: ActiveCalls): Policy {
  return (request, next) => {
    const { call } = request
    const { outerSignal } = call
    // Let go at the end: it holds the answer, which would live on until all of memory is looked through.
    let refuse: ((reason: unknown) => void) | undefined
    const timeout = call.expiresAt - call.startedAt
    const entry = {
      get at() {
        return call.expiresAt
      },
      expire: () => call.end(timedOut(call, timeout)),
    }
    const onAbort = (): void => call.end(outerSignal?.reason)
    call.end = (reason) => {
      call.disarm()
      call.release()
      refuse?.(reason)
      call.abort(reason)
    }
    call.arm = () => timer.add(entry)
    call.disarm = () => timer.remove(entry)
    call.release = () => {
      outerSignal?.removeEventListener('abort', onAbort)
      active.delete(call)
    }
    call.hold = () => {
      if (outerSignal?.aborted) return onAbort()
      outerSignal?.addEventListener('abort', onAbort, { once: true })
      active.add(call)
    }
    const answer = new Promise<PipelineResponse>((resolve, reject) => {
      refuse = reject
      call.hold()
      if (call.signal.aborted) return call.end(call.signal.reason)
      call.arm()
      next(request).then(resolve, reject)
    })
    return answer.then(
      (response) => {
        refuse = undefined
        call.disarm()
        // A body without a signal is held while it is read only.
        if (request.expect !== 'stream' || outerSignal === undefined) call.release()
        return response
      },
      (error: unknown) => {
        refuse = undefined
        call.disarm()
        call.release()
        throw error
      },
    )
  }
}

function timedOut(call: Call, timeout: number): TimeoutError {
  const what = call.loggingIn ? 'was still waiting for the login after' : 'had no answer within'
  return new TimeoutError(`${call.method} ${call.path} ${what} ${timeout} ms; raise timeout or try again later`, {
    request: call.describe(),
    phase: 'headers',
  })
}
