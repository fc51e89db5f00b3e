import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type FindId, halvesOf, type IdRange, idRanges, idWithin, rangeCondition } from '../../src/bulk/id-ranges.ts'

/** Finds as Salesforce does: Ids sort by their characters. */
function finder(ids: readonly string[]): FindId {
  const sorted = [...ids].sort((one, other) => (one < other ? -1 : 1))
  return async (end, { from = '', before = '~' }) => {
    const within = sorted.filter((id) => id >= from && id < before)
    return end === 'first' ? within[0] : within.at(-1)
  }
}

const holds = ({ from = '', before = '~' }: IdRange, id: string): boolean => id >= from && id < before

const digits = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz']
const id = fc
  .tuple(
    fc.constantFrom('0015g0', '0018d0', '001Dn0'),
    fc.array(fc.constantFrom(...digits), { minLength: 9, maxLength: 9 }),
  )
  .map(([prefix, rest]) => prefix + rest.join(''))

test('puts every Id into exactly one range, in the order of the Ids, whatever Ids there are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(id, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (ids, count) => {
      const ranges = await idRanges(count, finder(ids))
      assert.ok(ranges.length <= count)
      assert.equal(ranges[0]?.from, undefined)
      assert.equal(ranges.at(-1)?.before, undefined)
      for (const one of ids) assert.equal(ranges.filter((range) => holds(range, one)).length, 1)
      for (const [index, range] of ranges.entries()) assert.equal(range.before, ranges[index + 1]?.from)
      if (ids.length >= count) assert.equal(ranges.length, count)
    }),
  )
})

test('splits as documented: 0 to 9, then A to Z, then a to z', async () => {
  const ids = ['001300000000000', '00130000000132G', '00130000000264W', '00130000000396m']
  const ranges = await idRanges(4, finder(ids))
  assert.deepEqual(
    ranges.map(({ first, last }) => [first, last]),
    ids.map((one) => [one, one]),
  )
})

test('spends its ranges on the records, not on the gap between two instances', async () => {
  const near = (prefix: string): string[] => digits.map((digit) => `${prefix}00000000${digit}`)
  const ranges = await idRanges(4, finder([...near('0015g0'), ...near('001Dn0')]))
  assert.deepEqual(
    ranges.map(({ first, last }) => `${first} ${last}`),
    [
      '0015g0000000000 0015g000000000U',
      '0015g000000000V 0015g000000000z',
      '001Dn0000000000 001Dn000000000U',
      '001Dn000000000V 001Dn000000000z',
    ],
  )
})

test('splits the widest ranges first, and leaves those alone that hold few Ids', async () => {
  const few = ['1', '2', '3'].map((digit) => `0015g00000000${digit}0`.slice(0, 15))
  const many = digits.flatMap((one) => digits.map((other) => `001Dn0000000${one}${other}0`))
  const ranges = await idRanges(5, finder([...few, ...many]))
  assert.deepEqual(
    ranges.map((range) => [...few, ...many].filter((one) => holds(range, one)).length),
    [3, 961, 961, 961, 961],
  )
})

test('halves a range until it is a single Id', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(id, { minLength: 1, maxLength: 20 }), async (ids) => {
      const find = finder(ids)
      const single: IdRange[] = []
      const open = [...(await idRanges(1, find))]
      for (let range = open.shift(); range !== undefined; range = open.shift()) {
        const halves = await halvesOf(range, find)
        if (halves.length < 2) single.push(range)
        else open.unshift(...halves)
      }
      assert.deepEqual(
        single.map((range) => ids.filter((one) => holds(range, one))),
        [...ids].sort((one, other) => (one < other ? -1 : 1)).map((one) => [one]),
      )
    }),
  )
})

test('does not halve a range whose records were deleted meanwhile', async () => {
  const [range] = await idRanges(1, finder(['0015g0000000001', '0015g0000000009']))
  for (const left of [['0015g0000000001'], ['0015g0000000009'], []]) {
    const halves = await halvesOf(range as IdRange, finder(left))
    assert.equal(halves.length, 1)
    assert.deepEqual([halves[0]?.from, halves[0]?.before], [undefined, undefined])
  }
})

test('writes the bounds as conditions', () => {
  assert.equal(rangeCondition({}), undefined)
  assert.equal(rangeCondition({ from: 'a' }), "Id >= 'a'")
  assert.equal(rangeCondition({ before: 'b' }), "Id < 'b'")
  assert.equal(rangeCondition({ from: 'a', before: 'b' }), "Id >= 'a' AND Id < 'b'")
})

test('takes no Id that is not within the bounds that were asked for', () => {
  const bounds = { from: '0015g0000000001', before: '0015g000000000a' }
  assert.equal(idWithin(bounds, '0015g0000000001AAA'), '0015g0000000001')
  assert.equal(idWithin(bounds, '0015g000000000ZAAA'), '0015g000000000Z')
  for (const answer of ['0015g0000000000AAA', '0015g000000000aAAA', 'x', null, undefined, 5]) {
    assert.throws(() => idWithin(bounds, answer), { code: 'ERR_SF_PROTOCOL' })
  }
})
