import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SaveResult } from '../collections/save-result.ts'
import type { Org } from '../org/org.ts'
import { originOf } from '../server/origin.ts'
import { readCall, writeEnvelope } from './envelope.ts'
import { notCovered, SoapFault } from './errors.ts'
import { checkVersion, type Login, login, logout, undelete } from './model.ts'

/** Path of a SOAP road: `u` (partner) or `c` (enterprise) and the API version without a letter. */
export interface SoapRoute {
  Params: { api: 'u' | 'c'; version: string }
}

/** POST /services/Soap/u/NN.0 and /c/NN.0. */
export function soap(org: Org, call: FastifyRequest<SoapRoute>, reply: FastifyReply): string {
  const { api, version } = call.params
  const namespace = api === 'u' ? 'partner' : 'enterprise'
  reply.type('text/xml;charset=UTF-8')
  try {
    checkVersion(version)
    const request = readCall(String(call.body))
    if (request?.name === 'logout') {
      logout(org, request.sessionId)
      return writeEnvelope(namespace, { logoutResponse: '' })
    }
    if (request?.name === 'undelete') {
      const results = undelete(org, request.sessionId, listOf(request.parameters.ids), request.allOrNone)
      return writeEnvelope(namespace, { undeleteResponse: { result: results.map(undeleteResult) } }, limitInfo(org))
    }
    if (request?.name !== 'login') throw notCovered(request?.name ?? 'an unreadable request')
    const { username, password } = request.parameters
    const granted = login(org, Number(version), String(username), String(password))
    return writeEnvelope(namespace, loginResponse(org, granted, originOf(call), call.params))
  } catch (error) {
    if (!(error instanceof SoapFault)) throw error
    reply.code(500)
    return writeEnvelope(namespace, fault(error))
  }
}

function loginResponse(org: Org, granted: Login, origin: string, route: SoapRoute['Params']): object {
  const organization = org.id.slice(0, 15)
  return {
    loginResponse: {
      result: {
        metadataServerUrl: `${origin}/services/Soap/m/${route.version}/${organization}`,
        passwordExpired: false,
        sandbox: false,
        serverUrl: `${origin}/services/Soap/${route.api}/${route.version}/${organization}`,
        sessionId: granted.sessionId,
        userId: granted.userId,
        userInfo: {
          organizationId: org.id,
          organizationName: org.name,
          sessionSecondsValid: granted.secondsValid,
          userEmail: granted.email,
          userFullName: granted.fullName,
          userId: granted.userId,
          userLanguage: 'en_US',
          userLocale: 'en_US',
          userName: granted.username,
          userType: 'Standard',
        },
      },
    },
  }
}

/** UndeleteResult, in the shape of a recorded DeleteResult (`soap-delete-response-failure`). */
function undeleteResult({ id, success, errors }: SaveResult): object {
  return {
    errors: errors.map(({ fields, message, statusCode }) => ({ fields, message, statusCode })),
    id: id ?? { '@_xsi:nil': 'true' },
    success,
  }
}

/** The header of every answer but that of login() (SOAP API Developer Guide, "LimitInfoHeader"). */
function limitInfo({ usage }: Org): object {
  return { LimitInfoHeader: { limitInfo: { current: usage.used, limit: usage.limit, type: 'API REQUESTS' } } }
}

/** An element that may be repeated, absent or empty. */
function listOf(element: unknown): string[] {
  return (Array.isArray(element) ? element : [element]).map((one) => String(one ?? '').trim()).filter(Boolean)
}

function fault(error: SoapFault): object {
  return {
    'soapenv:Fault': {
      faultcode: `sf:${error.exceptionCode}`,
      faultstring: `${error.exceptionCode}: ${error.message}`,
      detail: {
        [`sf:${error.element}`]: {
          '@_xsi:type': `sf:${error.element}`,
          'sf:exceptionCode': error.exceptionCode,
          'sf:exceptionMessage': error.message,
        },
      },
    },
  }
}
