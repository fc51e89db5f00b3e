/** An XML element as plain data: text, or children by local name (an array where a name repeats). */
export type XmlValue = string | { readonly [name: string]: XmlValue } | readonly XmlValue[]

/**
 * Reads XML into plain data: namespace prefixes and attributes dropped, all values as text. The parser is loaded when
 * the first XML answer arrives; most programs never see one.
 */
export async function readXml(text: string): Promise<XmlValue> {
  const { XMLParser } = await import('fast-xml-parser')
  const parser = new XMLParser({
    ignoreAttributes: true,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: true,
    htmlEntities: true,
  })
  return parser.parse(text) as XmlValue
}

/** The element at a path of local names; `undefined` when there is none. Takes the first where a name repeats. */
export function xmlAt(value: XmlValue | undefined, ...names: readonly string[]): XmlValue | undefined {
  let current = value
  for (const name of names) {
    if (isList(current)) current = current[0]
    if (typeof current !== 'object' || isList(current)) return undefined
    current = current[name]
  }
  return current
}

/** The text at a path of local names; `undefined` when there is no text. */
export function xmlText(value: XmlValue | undefined, ...names: readonly string[]): string | undefined {
  const found = xmlAt(value, ...names)
  return typeof found === 'string' ? found : undefined
}

/** All elements of one name under a value, whether it repeats or not. */
export function xmlList(value: XmlValue | undefined, name: string): readonly XmlValue[] {
  const found = xmlAt(value, name)
  if (found === undefined) return []
  return isList(found) ? found : [found]
}

/** Whether XML 1.0 can carry a text at all (its section 2.2): most control characters have no way to be written. */
export function isXmlText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
  return !/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text) && text.isWellFormed()
}

/** Escapes text for use inside an XML element; parsers would take a carriage return for a line feed. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function isList(value: XmlValue | undefined): value is readonly XmlValue[] {
  return Array.isArray(value)
}
