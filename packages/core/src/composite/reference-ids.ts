import { refuse } from '../check.ts'
import { ConfigurationError } from '../errors/configuration-error.ts'

/** Gives the subrequests of one call their ids: unique, and the same whenever the same program runs. */
export class ReferenceIds {
  readonly #used = new Set<string>()
  readonly #counts = new Map<string, number>()

  /** `Account_create_0`, `Account_create_1`, `Account_update_0`, ... */
  next(label: string): string {
    const name = label.replace(/\W/g, '_')
    for (;;) {
      const count = this.#counts.get(name.toLowerCase()) ?? 0
      this.#counts.set(name.toLowerCase(), count + 1)
      const id = `${name}_${count}`
      if (this.#used.has(id.toLowerCase())) continue
      this.#used.add(id.toLowerCase())
      return id
    }
  }

  /** An id that the caller chose: letters, digits and underscores, the first no underscore ("referenceId" of the guide). */
  take(id: unknown): string {
    if (typeof id !== 'string' || !/^[a-z0-9]\w*$/i.test(id)) {
      refuse('referenceId', 'letters, digits and underscores with a letter or digit first', id)
    }
    // Salesforce tells ids apart by case, people do not.
    if (this.#used.has(id.toLowerCase())) throw new ConfigurationError(`The referenceId '${id}' is taken already.`)
    this.#used.add(id.toLowerCase())
    return id
  }
}
