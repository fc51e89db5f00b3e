import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Leavable } from '../src/leavable.ts'

describe('an input that can be left', () => {
  it('hands out what it holds, nothing for an end included', async () => {
    assert.deepEqual(await Array.fromAsync(new Leavable([1, undefined, 2])), [1, undefined, 2])
  })

  it('ends for all who wait, and hands out nothing that comes later', async () => {
    const items = [Promise.withResolvers<IteratorResult<number>>(), Promise.withResolvers<IteratorResult<number>>()]
    let asked = 0
    const next = (): Promise<IteratorResult<number>> => items[asked++]?.promise ?? assert.fail()
    const input = new Leavable<number>({ [Symbol.asyncIterator]: () => ({ next }) })
    const waiting = [input.next(), input.next()]
    input.leave()
    items[0]?.resolve({ done: false, value: 1 })
    items[1]?.reject(new Error('too late'))
    assert.deepEqual(
      (await Promise.all(waiting)).concat(await input.next()).map(({ done }) => done),
      [true, true, true],
    )
    assert.equal(asked, 2)
  })

  it('may be left by its own code, and waits for its cleaning up', async () => {
    let clean = false
    function* own(): Generator<number> {
      try {
        yield 1
        input.leave()
        yield 2
      } finally {
        clean = true
      }
    }
    const input = new Leavable(own())
    assert.equal((await input.next()).value, 1)
    await input.next()
    await input.return()
    assert.ok(clean)
  })

  it('does not fail when its cleaning up does', async () => {
    const give = {
      next: async () => ({ done: false, value: 1 }),
      return: () => {
        throw new Error('cannot')
      },
    }
    const input = new Leavable<number>({ [Symbol.asyncIterator]: () => give as AsyncIterator<number> })
    await input.next()
    assert.deepEqual(await input.return(), { done: true, value: undefined })
  })
})
