let ownerOf: (reference: Reference) => object
let isOne: (value: object) => boolean

/** A value that another subrequest of the same call will have brought; made by `Subrequest.ref`. */
export class Reference {
  static {
    ownerOf = (reference) => reference.#owner
    isOne = (value) => #owner in value
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

/** Whether a value is a reference. */
export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && isOne(value)
}

/** The subrequest that a reference refers to. */
export function subrequestOf(reference: Reference): object {
  return ownerOf(reference)
}

/** A record whose values may be references as well. */
export type WithReferences<T> = { readonly [K in keyof T]: T[K] | Reference }

/** One step into the answer of a subrequest: the name of a field, or a position in a list. */
export type ReferenceStep = string | number

/** Whether a value is the name of a field or a position in a list. */
export function isReferenceStep(step: unknown): step is ReferenceStep {
  return typeof step === 'string' ? /^[a-z_]\w*$/i.test(step) : Number.isInteger(step) && (step as number) >= 0
}

/** `@{id.records[0].Id}` of `['records', 0, 'Id']`. */
export function referenceText(referenceId: string, path: readonly ReferenceStep[]): string {
  const steps = path.map((step) => (typeof step === 'string' ? `.${step}` : `[${step}]`))
  return `@{${referenceId}${steps.join('')}}`
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
  if (isReference(value)) return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(referencesIn)
}

/** All texts in a body, however deep. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || isReference(value)) return []
  return Object.values(value).flatMap(textsIn)
}
