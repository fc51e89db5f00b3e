/** Rows of the smallest block; each next one has room for four times as many, so that nothing is ever copied to grow. */
const FIRST_BLOCK = 1 << 12
const GROWTH = 4

/** After so many the rest is halved, which ends soon whatever the hashes are. */
const GUESSES = 8

/** Pairs of a position and its hash, in one piece of memory. */
interface Block {
  readonly pairs: Uint32Array<ArrayBuffer>
  count: number
  sorted: boolean
}

/**
 * Positions by hashes of 32 bits, 8 bytes each: a block is sorted in place, as whole numbers of 64 bits with the hash in
 * front, when it is first asked.
 */
export class HashIndex {
  readonly #blocks: Block[] = []

  add(hash: number, position: number): void {
    let block = this.#blocks.at(-1)
    if (block === undefined || block.count * 2 === block.pairs.length) {
      const size = block === undefined ? FIRST_BLOCK : block.count * GROWTH
      block = { pairs: new Uint32Array(size * 2), count: 0, sorted: false }
      this.#blocks.push(block)
    }
    const at = block.count * 2
    block.pairs[at + low] = position
    block.pairs[at + high] = hash
    block.count += 1
    block.sorted = false
  }

  /** The position that was added with a hash; `undefined` for none, -1 for more than one. */
  find(hash: number): number | undefined {
    let found: number | undefined
    for (const block of this.#blocks) {
      const { pairs, count } = sorted(block)
      const at = lowerBound(block, hash)
      if (at === count || pairs[at * 2 + high] !== hash) continue
      const again = at + 1 < count && pairs[at * 2 + 2 + high] === hash
      if (found !== undefined || again) return -1
      found = pairs[at * 2 + low]
    }
    return found
  }
}

/** Where the lower half of a number of 64 bits lies: in front on nearly every machine. */
const low = new Uint32Array(BigUint64Array.of(1n).buffer)[0] === 1 ? 0 : 1
const high = 1 - low

function sorted(block: Block): Block {
  if (!block.sorted) new BigUint64Array(block.pairs.buffer, 0, block.count).sort()
  block.sorted = true
  return block
}

/** The first pair whose hash is not less. Hashes are spread evenly, so that a guess is nearly right. */
function lowerBound({ pairs, count }: Block, hash: number): number {
  let from = 0
  let to = count
  let below = 0
  let above = 2 ** 32
  for (let guesses = 0; from < to; guesses += 1) {
    const share = guesses < GUESSES ? (hash - below) / (above - below) : 0.5
    const at = Math.min(from + Math.floor(share * (to - from)), to - 1)
    const found = pairs[at * 2 + high] as number
    if (found < hash) {
      from = at + 1
      below = found
    } else {
      to = at
      above = found + 1
    }
  }
  return from
}
