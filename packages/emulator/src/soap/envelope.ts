import { XMLBuilder, XMLParser } from 'fast-xml-parser'

/** The one call inside a SOAP body. */
export interface SoapCall {
  /** Local name of the call, `login` for `<n1:login>`. */
  readonly name: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** The token of the SessionHeader; empty when there is none. */
  readonly sessionId: string
  /** What the AllOrNoneHeader says; false when there is none. */
  readonly allOrNone: boolean
}

// Without `htmlEntities` the parser leaves character references such as `&#38;` as they are.
const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, trimValues: false, htmlEntities: true })
const builder = new XMLBuilder({ ignoreAttributes: false, suppressBooleanAttributes: false })

/** Reads the call out of an envelope, or undefined when the text is no SOAP request. */
export function readCall(xml: string): SoapCall | undefined {
  const envelope = elementsOf(elementsOf(parse(xml)).Envelope)
  const entry = Object.entries(elementsOf(envelope.Body)).find(([name]) => name !== '#text')
  const header = elementsOf(envelope.Header)
  const { sessionId = '' } = elementsOf(header.SessionHeader)
  const allOrNone = elementsOf(header.AllOrNoneHeader).allOrNone === 'true'
  return entry && { name: entry[0], parameters: elementsOf(entry[1]), sessionId: String(sessionId), allOrNone }
}

/** An envelope around the body and the header, if there is one, in the partner or enterprise namespace. */
export function writeEnvelope(namespace: string, body: object, header?: object): string {
  const envelope = {
    'soapenv:Envelope': {
      '@_xmlns:soapenv': 'http://schemas.xmlsoap.org/soap/envelope/',
      '@_xmlns': `urn:${namespace}.soap.sforce.com`,
      '@_xmlns:sf': `urn:fault.${namespace}.soap.sforce.com`,
      '@_xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      ...(header && { 'soapenv:Header': header }),
      'soapenv:Body': body,
    },
  }
  return `<?xml version="1.0" encoding="UTF-8"?>${builder.build(envelope)}`
}

function parse(xml: string): unknown {
  try {
    return parser.parse(xml)
  } catch {
    return {}
  }
}

function elementsOf(node: unknown): Record<string, unknown> {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>) : {}
}
