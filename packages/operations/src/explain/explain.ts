import {
  ApiError,
  AuthenticationError,
  BulkJobError,
  ConfigurationError,
  LimitError,
  SalesforceError,
  TransportError,
} from '@forcewire/core/portable'
import { bulkJobCode, bulkJobStep } from './bulk-job-step.ts'
import { hostWords } from './host-words.ts'
import { loginSteps, nextSteps } from './next-steps.ts'

/** An error as a person who runs a flow needs it: what happened, what to do, and the facts for a Catch branch. */
export interface Explanation {
  /** One sentence: the cause, with Salesforce's own words. */
  readonly message: string
  /** One sentence: the next step. */
  readonly description: string
  /** Salesforce's code where there is one (`REQUIRED_FIELD_MISSING`, `invalid_client`), else ours (`ERR_SF_TRANSPORT`). */
  readonly code: string
  /** HTTP status where Salesforce answered. */
  readonly status?: number
  readonly errors: readonly {
    readonly errorCode: string
    readonly message: string
    readonly fields: readonly string[]
  }[]
  /** Whether the same call may succeed later without a change. */
  readonly retryable: boolean
}

/** Explains any error; those that are not ours keep their own message. */
export function explain(error: unknown): Explanation {
  if (error instanceof ConfigurationError) {
    return plain(
      sentence(error.message),
      'Nothing was sent to Salesforce; correct this and run again.',
      error.code,
      false,
    )
  }
  if (error instanceof AuthenticationError) return explainLogin(error)
  if (error instanceof BulkJobError) {
    return plain(sentence(error.message), bulkJobStep(error.message), bulkJobCode(error.message) ?? error.code, false)
  }
  if (error instanceof ApiError) return explainAnswer(error)
  if (error instanceof TransportError) {
    if (mayBeDone(error)) {
      const step = 'It is not known whether Salesforce did it: look there first, since running again may do it twice.'
      return plain(sentence(error.message), step, error.code, false)
    }
    const step = 'Check the address of the connection, the network and the proxy; then run again.'
    return plain(sentence(error.message), step, error.code, true)
  }
  if (error instanceof SalesforceError) {
    return plain(sentence(error.message), 'Run again; if it comes back, report it with this text.', error.code, false)
  }
  const message = error instanceof Error ? error.message : String(error)
  return plain(sentence(message), 'Look at the input of this node.', 'ERR_SF_UNEXPECTED', false)
}

/** Posts that may be sent again: logins, and jobs that have no data yet. */
const harmless = /^\/services\/(?:oauth2|Soap)\/|\/jobs\/(?:ingest|query)$/

/** A request that creates something was sent and got no answer. */
function mayBeDone({ sent, request }: TransportError): boolean {
  return sent && request?.method === 'POST' && request.attempts > 0 && !harmless.test(request.path)
}

function explainLogin(error: AuthenticationError): Explanation {
  const code = error.errorCode ?? error.code
  const step = loginSteps[code] ?? 'Check the credentials of the connection and the connected app in Salesforce.'
  return plain(sentence(error.message), step, code, false)
}

function explainAnswer(error: ApiError): Explanation {
  const { status, errors, errorCode } = error
  const momentary = error instanceof LimitError && error.scope !== 'daily'
  const code = errorCode || error.code
  const step = nextSteps[momentary ? 'CONCURRENT_LIMIT' : code] ?? familyStep(status)
  const retryable = (status >= 500 && status !== 501) || momentary || error.has('UNABLE_TO_LOCK_ROW')
  return { message: sentence(error.message), description: step, code, status, errors, retryable }
}

function familyStep(status: number): string {
  if (status === 501) return 'This org does not offer that resource; check the path and the API version.'
  if (status >= 500) return 'Salesforce could not finish the request; run again in a few minutes.'
  if (status > 300 && status < 400)
    return 'Check the address of the connection; a proxy or a login page may sit in between.'
  if (status === 403) return 'Give the user of this connection the right to do this in Salesforce.'
  return "Correct the values that Salesforce's text names and run again."
}

function plain(message: string, description: string, code: string, retryable: boolean): Explanation {
  return { message, description, code, errors: [], retryable }
}

/** A message may quote a whole field value; nobody reads more than this in an editor. */
const longest = 1000

/** Messages of Salesforce may begin with line breaks, hold HTML, be huge and end without a full stop. */
function sentence(text: string): string {
  const line = hostWords(text)
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const shown = line.length > longest ? `${line.slice(0, longest)}…` : line
  return /[.!?…]$/.test(shown) ? shown : `${shown}.`
}
