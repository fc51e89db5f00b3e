import type { CallLimits } from './call.ts'
import type { PipelineResponse, Policy } from './policy.ts'

/**
 * Ends a call when its time until the response headers has passed or its caller aborts it, even when a transport
 * ignores signals. An abort rejects with the signal's own reason.
 */
export function deadline(limits: CallLimits): Policy {
  return async (request, next) => {
    const { call } = request
    try {
      const response = await new Promise<PipelineResponse>((resolve, reject) => {
        call.begin(limits, reject)
        if (!call.signal.aborted) next(request).then(resolve, reject)
      })
      call.settle()
      // A body without a signal is held while it is read only.
      if (request.expect !== 'stream' || call.outerSignal === undefined) call.release()
      return response
    } catch (error) {
      call.settle()
      call.release()
      throw error
    }
  }
}
