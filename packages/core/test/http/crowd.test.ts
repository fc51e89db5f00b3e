import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Crowd, type Member } from '../../src/http/crowd.ts'

const member = (name: string): Member & { readonly name: string } => ({ name, place: -1 })

describe('a crowd', () => {
  it('holds each member once, whoever leaves', () => {
    const crowd = new Crowd<ReturnType<typeof member>>()
    const members = ['a', 'b', 'c', 'd'].map(member)
    for (const one of [...members, ...members]) crowd.add(one)
    assert.equal(crowd.size, 4)
    const [a, b, c, d] = members as [(typeof members)[0], (typeof members)[0], (typeof members)[0], (typeof members)[0]]
    assert.deepEqual([crowd.delete(b), crowd.delete(b), crowd.delete(d)], [true, false, true])
    assert.deepEqual([...crowd].map(({ name }) => name).sort(), ['a', 'c'])
    crowd.add(b)
    assert.deepEqual([crowd.delete(a), crowd.delete(c), crowd.delete(b), crowd.size], [true, true, true, 0])
  })

  it('can be changed while somebody goes through it', () => {
    const crowd = new Crowd<Member>()
    for (const name of ['a', 'b', 'c']) crowd.add(member(name))
    let seen = 0
    for (const one of crowd) {
      seen += 1
      crowd.delete(one)
    }
    assert.deepEqual([seen, crowd.size], [3, 0])
  })
})
