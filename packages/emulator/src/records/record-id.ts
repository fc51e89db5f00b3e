const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'
const ID = /^[0-9A-Za-z]{15}(?:[0-9A-Za-z]{3})?$/
/** Characters 4 to 6 of every Id made here: the place where Salesforce writes its instance and a reserved zero. */
const INSTANCE = 'fw0'

/** True for text that has the shape of an Id: 15 or 18 letters and digits. */
export function isIdShaped(text: string): boolean {
  return ID.test(text)
}

/**
 * The 18-character form of an Id: the three characters added encode which of the 15 are capitals, so that the longer
 * form survives systems that ignore case. An 18-character Id comes back unchanged.
 */
export function toId18(id: string): string {
  if (id.length !== 15) return id
  let suffix = ''
  for (let block = 0; block < 15; block += 5) {
    let bits = 0
    for (let i = 0; i < 5; i++) {
      const character = id.charCodeAt(block + i)
      if (character >= 65 && character <= 90) bits |= 1 << i
    }
    suffix += CHECKSUM[bits]
  }
  return id + suffix
}

/** Deals out Ids per key prefix, in an order that sorts by code unit, without ever repeating one. */
export class IdSequence {
  readonly #next: Map<string, number> = new Map()

  /** A new 18-character Id beginning with the three characters of `keyPrefix`. */
  next(keyPrefix: string): string {
    const number = (this.#next.get(keyPrefix) ?? 0) + 1
    this.#next.set(keyPrefix, number)
    return toId18(keyPrefix + INSTANCE + encode(number))
  }

  /** Makes later Ids of the prefix come after `id`, which was dealt out by an earlier process. */
  continueAfter(id: string): void {
    const prefix = id.slice(0, 3)
    this.#next.set(prefix, Math.max(this.#next.get(prefix) ?? 0, decode(id.slice(6, 15))))
  }

  /** Starts every sequence afresh. */
  reset(): void {
    this.#next.clear()
  }
}

function encode(number: number): string {
  let text = ''
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) text = DIGITS[rest % 62] + text
  return text.padStart(9, '0')
}

function decode(text: string): number {
  let number = 0
  for (const digit of text) number = number * 62 + DIGITS.indexOf(digit)
  return number
}
