/** What can be in one {@link Crowd} at a time. */
export interface Member {
  /** Where it is in its crowd; the crowd's business. -1 outside. */
  place: number
}

/**
 * Things that come and go all the time, in no order. A `Set` would keep what has left it until a full collection, and
 * all that came after it: V8 links the tables of a set to those that replace them.
 */
export class Crowd<T extends Member> {
  readonly #members: T[] = []

  get size(): number {
    return this.#members.length
  }

  /** No news where it is a member already. */
  add(member: T): void {
    if (member.place !== -1) return
    member.place = this.#members.length
    this.#members.push(member)
  }

  /** Whether it was a member. */
  delete(member: T): boolean {
    const { place } = member
    const last = this.#members.at(-1)
    if (place === -1 || last === undefined) return false
    this.#members[place] = last
    last.place = place
    this.#members.pop()
    member.place = -1
    return true
  }

  /** Those of this moment. */
  [Symbol.iterator](): Iterator<T> {
    return [...this.#members][Symbol.iterator]()
  }
}
