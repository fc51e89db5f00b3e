import type { WatchState } from '@forcewire/operations'
import type { RuntimeNode } from '../runtime/node-red.ts'

/**
 * Where a trigger remembers what it has reported: the node's own context, in the store that the user chose. Node
 * context is kept apart for copies of a node and for subflow instances, so they never share a watermark.
 */
export class WatchStore {
  readonly #node: RuntimeNode
  readonly #store: string | undefined

  /** @param store name of a context store; empty for Node-RED's default store */
  constructor(node: RuntimeNode, store: string | undefined) {
    this.#node = node
    this.#store = store || undefined
  }

  load(): Promise<WatchState | undefined> {
    return new Promise((resolve, reject) => {
      this.#node.context().get('watch', this.#store, (error, value) => {
        if (error) reject(error)
        else resolve(value as WatchState | undefined)
      })
    })
  }

  save(state: WatchState): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#node.context().set('watch', state, this.#store, (error) => {
        if (error) reject(error)
        else resolve()
      })
    })
  }
}
