import { isId } from '../check.ts'
import { ProtocolError } from '../errors/protocol-error.ts'

/** The digits of an Id in their order, which is also that in which Salesforce sorts Ids ("PK Chunking"). */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = BigInt(digits.length)
/** The other three letters of an Id only repeat the case of these. */
const idLength = 15

/** Ids from `from` on and below `before`; without a bound there is no end to that side. */
export interface IdBounds {
  readonly from?: string | undefined
  readonly before?: string | undefined
}

/** A range, and the first and the last Id that were found in it; nothing there without them. */
export interface IdRange extends IdBounds {
  readonly first?: string | undefined
  readonly last?: string | undefined
}

/** Asks Salesforce for the first or the last Id within bounds. */
export type FindId = (end: 'first' | 'last', bounds: IdBounds) => Promise<string | undefined>

/**
 * Splits all Ids of an object into at most `count` ranges, none of them much wider than the others. What is split is the
 * space between Ids that exist: records of several Salesforce instances lie far apart in it, with nothing in between.
 * The first range and the last one are open, so that no Id is in none.
 */
export async function idRanges(count: number, find: FindId): Promise<readonly IdRange[]> {
  const [first, last] = await Promise.all([find('first', {}), find('last', {})])
  let ranges: readonly IdRange[] = [{ first, last }]
  for (;;) {
    const widths = ranges.map(widthOf)
    const widest = widths.reduce((most, width) => (width > most ? width : most))
    let spare = count - ranges.length
    if (spare <= 0 || widest === 0n) return ranges
    const split = ranges.map((range, index) => {
      const width = widths[index] as bigint
      if (width === 0n || width * 2n < widest || spare === 0) return [range]
      spare -= 1
      return halvesOf(range, find)
    })
    ranges = (await Promise.all(split)).flat()
  }
}

/**
 * Splits a range in the middle between its first and its last Id, and finds the Ids next to it. A range that holds no
 * two Ids any more comes back alone.
 */
export async function halvesOf(range: IdRange, find: FindId): Promise<readonly IdRange[]> {
  const { from, before } = range
  let { first, last } = range
  while (first !== undefined && last !== undefined && idNumber(first) < idNumber(last)) {
    const middle = idOf((idNumber(first) + idNumber(last) + 1n) / 2n)
    const [below, above] = await Promise.all([
      find('last', { from, before: middle }),
      find('first', { from: middle, before }),
    ])
    if (below !== undefined && above !== undefined) {
      return [
        { from, before: above, first, last: below },
        { from: above, before, first: above, last },
      ]
    }
    // Records were deleted meanwhile.
    if (below === undefined) first = above
    else last = below
  }
  return [{ from, before, first, last: first }]
}

/** The condition of a range; `undefined` where all Ids fulfil it. */
export function rangeCondition({ from, before }: IdBounds): string | undefined {
  const conditions = [from && `Id >= '${from}'`, before && `Id < '${before}'`].filter(Boolean)
  return conditions.length === 0 ? undefined : conditions.join(' AND ')
}

/** An Id that Salesforce answered, in its short form, once it is sure that it lies within the bounds asked for. */
export function idWithin({ from, before }: IdBounds, answer: unknown): string {
  if (isId(answer)) {
    const id = answer.slice(0, idLength)
    const tooSmall = from !== undefined && idNumber(id) < idNumber(from)
    const tooLarge = before !== undefined && idNumber(id) >= idNumber(before)
    if (!tooSmall && !tooLarge) return id
  }
  throw new ProtocolError('Salesforce answered a query for the first or last Id of a range with none of that range.')
}

function widthOf({ first, last }: IdRange): bigint {
  return first === undefined || last === undefined ? 0n : idNumber(last) - idNumber(first)
}

function idNumber(id: string): bigint {
  let number = 0n
  for (const digit of id.slice(0, idLength)) number = number * base + BigInt(digits.indexOf(digit))
  return number
}

function idOf(number: bigint): string {
  let id = ''
  for (let rest = number; id.length < idLength; rest /= base) id = digits.charAt(Number(rest % base)) + id
  return id
}
