let ownerOf: (reference: Reference) => object

/** A value that another subrequest of the same call will have brought; made by `Subrequest.ref`. */
export class Reference {
  static {
    ownerOf = (reference) => reference.#owner
  }

  readonly #text: string
  readonly #owner: object

  /** Use `Subrequest.ref`, which checks the path. */
  constructor(text: string, owner: object) {
    this.#text = text
    this.#owner = owner
  }

  /** `@{Account_create_0.id}`: for texts such as a SOQL query. */
  toString(): string {
    return this.#text
  }

  /** The same text, in JSON bodies. */
  toJSON(): string {
    return this.#text
  }
}

/** The subrequest that a reference refers to. */
export function subrequestOf(reference: Reference): object {
  return ownerOf(reference)
}

/** A record whose values may be references as well. */
export type WithReferences<T> = { readonly [K in keyof T]: T[K] | Reference }

/** One step into the answer of a subrequest: the name of a field, or a position in a list. */
export type ReferenceStep = string | number

/** `@{id.records[0].Id}` of `['records', 0, 'Id']`; `undefined` when a step is neither a name nor a position. */
export function referenceText(referenceId: string, path: readonly ReferenceStep[]): string | undefined {
  let text = referenceId
  for (const step of path) {
    if (typeof step === 'string' && /^[a-z_]\w*$/i.test(step)) text += `.${step}`
    else if (Number.isInteger(step) && (step as number) >= 0) text += `[${step}]`
    else return undefined
  }
  return path.length === 0 ? undefined : `@{${text}}`
}

/** Salesforce takes whatever stands in `@{}` for a reference. */
const referenceInText = /@\{(\w*)[^{}]*\}/g

/** The ids that a text refers to: `Account_create_0` of `WHERE AccountId = '@{Account_create_0.id}'`. */
export function referenceIdsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(referenceInText), ([, referenceId]) => referenceId as string)
}

/** Percent-encodes a text for a URL, but for its references to known subrequests, which Salesforce must still see. */
export function encodeAround(text: string, isKnown: (referenceId: string) => boolean): string {
  let encoded = ''
  let end = 0
  for (const match of text.matchAll(referenceInText)) {
    if (!isKnown(match[1] as string)) continue
    encoded += encodeURIComponent(text.slice(end, match.index)) + match[0]
    end = match.index + match[0].length
  }
  return encoded + encodeURIComponent(text.slice(end))
}

/** All references in a body, however deep. */
export function referencesIn(value: unknown): readonly Reference[] {
  if (value instanceof Reference) return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(referencesIn)
}

/** All texts in a body, however deep. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || value instanceof Reference) return []
  return Object.values(value).flatMap(textsIn)
}
