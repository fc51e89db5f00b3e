/** A SOAP fault: HTTP 500 and `<faultcode>sf:CODE</faultcode>`, as recorded from a refused login. */
export class SoapFault extends Error {
  override readonly name: string = 'SoapFault'
  readonly exceptionCode: string
  /** Element of the detail (SOAP API Developer Guide, "API Fault Element"). */
  readonly element: 'LoginFault' | 'UnexpectedErrorFault'

  constructor(exceptionCode: string, message: string, element: SoapFault['element'] = 'UnexpectedErrorFault') {
    super(message)
    this.exceptionCode = exceptionCode
    this.element = element
  }
}

export function invalidLogin(): SoapFault {
  const message = 'Invalid username, password, security token; or user locked out.'
  return new SoapFault('INVALID_LOGIN', message, 'LoginFault')
}

export function invalidSession(): SoapFault {
  return new SoapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session')
}

/** A call beyond the daily limit, in the words of REST. */
export function requestLimitExceeded(): SoapFault {
  return new SoapFault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.')
}

/** More records than a call takes; the words are those of the collections resource. */
export function tooManyIds(limit: number): SoapFault {
  return new SoapFault(
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${limit} records into this call`,
  )
}

/**
 * login() is no operation of versions beyond 64.0 (Salesforce Help, "Platform SOAP API login() Retirement"). The wording is
 * ours: no recording was found.
 */
export function loginRetired(version: number): SoapFault {
  const message = `login() is not available in API version ${version.toFixed(1)}; it ends with 64.0, use an OAuth flow`
  return new SoapFault('INVALID_OPERATION', message, 'LoginFault')
}

/** Salesforce Help, "Platform API Versions 21.0 through 30.0 Retirement"; the wording is ours. */
export function unsupportedVersion(version: string): SoapFault {
  return new SoapFault('UNSUPPORTED_API_VERSION', `API version ${version} is not supported`)
}

export function notCovered(call: string): SoapFault {
  return new SoapFault(
    'INVALID_OPERATION',
    `The emulator covers login(), logout() and undelete() only; ${call}() is not implemented`,
  )
}
