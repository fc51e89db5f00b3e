/** A SOAP fault: HTTP 500 and `<faultcode>sf:CODE</faultcode>`, as recorded from a refused login. */
export class SoapFault extends Error {
  override readonly name: string = 'SoapFault'
  readonly exceptionCode: string

  constructor(exceptionCode: string, message: string) {
    super(message)
    this.exceptionCode = exceptionCode
  }
}

export function invalidLogin(): SoapFault {
  return new SoapFault('INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.')
}

export function invalidSession(): SoapFault {
  return new SoapFault('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session')
}

/**
 * login() is no operation of versions beyond 64.0 (Salesforce Help, "Platform SOAP API login() Retirement"). The wording is
 * ours: no recording was found.
 */
export function loginRetired(version: number): SoapFault {
  return new SoapFault(
    'INVALID_OPERATION',
    `login() is not available in API version ${version.toFixed(1)}; it ends with 64.0, use an OAuth flow`,
  )
}

/** Salesforce Help, "Platform API Versions 21.0 through 30.0 Retirement"; the wording is ours. */
export function unsupportedVersion(version: string): SoapFault {
  return new SoapFault('UNSUPPORTED_API_VERSION', `API version ${version} is not supported`)
}

export function notCovered(call: string): SoapFault {
  return new SoapFault(
    'INVALID_OPERATION',
    `The emulator covers login() and logout() only; ${call}() is not implemented`,
  )
}
