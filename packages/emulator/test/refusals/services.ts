import { data, send } from '../support/harness.ts'
import { type Refused, refused } from './refused.ts'

const MULTIPART = { 'content-type': 'multipart/form-data; boundary=b' }
const PART =
  '--b\r\nContent-Disposition: form-data; name="entity"\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--\r\n'

/** What actions, Apex REST, approvals, reports, files, quick actions and list views refuse. */
export const SERVICES: readonly Refused[] = [
  refused('NOT_FOUND', 404, 'an action that is not there', ['POST', '/actions/custom/flow/Nothing', { inputs: [] }]),
  refused('JSON_PARSER_ERROR', 400, 'an action that is invoked without inputs', [
    'POST',
    '/actions/standard/emailSimple',
    {},
  ]),
  refused(
    'MISSING_ARGUMENT',
    400,
    'an input without a required value',
    ['POST', '/actions/standard/emailSimple', { inputs: [{}] }],
    ({ json }) => json[0].errors[0].statusCode,
  ),
  {
    errorCode: 'NOT_FOUND',
    status: 404,
    trigger: 'an address that no Apex REST class has',
    ask: (emulator) => send(emulator, 'GET', '/services/apexrest/nothing'),
  },
  refused('JSON_PARSER_ERROR', 400, 'approvals without requests', ['POST', '/process/approvals', {}]),
  refused('NOT_FOUND', 404, 'a report that is not there', ['GET', '/analytics/reports/00O000000000001AAA']),
  refused('NOT_FOUND', 404, 'a list view that is not there', ['GET', '/sobjects/Account/listviews/00B000000000999AAA']),
  refused('NOT_FOUND', 404, 'a quick action that is not there', ['GET', '/quickActions/Nothing']),
  {
    errorCode: 'INVALID_MULTIPART_REQUEST',
    status: 400,
    trigger: 'a multipart body without its two parts',
    ask: (emulator) => send(emulator, 'POST', data('/sobjects/ContentVersion'), { body: PART, headers: MULTIPART }),
  },
  {
    errorCode: 'UNDELETE_FAILED',
    status: 200,
    trigger: 'an `undelete()` of what is not in the recycle bin, or went there with its parent',
    ask: async (emulator) => {
      const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'Alive' } })
      const session = `<SessionHeader><sessionId>${emulator.credentials.accessToken}</sessionId></SessionHeader>`
      const call = `<e:Body><undelete><ids>${json.id}</ids></undelete></e:Body>`
      const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>${session}</e:Header>${call}</e:Envelope>`
      return send(emulator, 'POST', '/services/Soap/u/67.0', { body, headers: { 'content-type': 'text/xml' } })
    },
    codeOf: ({ text }) => /<statusCode>(\w+)</.exec(text)?.[1],
  },
  {
    errorCode: 'REQUEST_LIMIT_EXCEEDED',
    status: 403,
    trigger: 'a call when none of the day are left',
    ask: async (emulator) => {
      const call = { method: 'GET', url: 'v67.0/limits' }
      const body = { batchRequests: Array.from({ length: 25 }, () => call) }
      while ((await send(emulator, 'POST', data('/composite/batch'), { body })).status === 200);
      return send(emulator, 'GET', data('/limits'))
    },
  },
]
