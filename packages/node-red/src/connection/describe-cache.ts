import type { Salesforce } from '@forcewire/core'

/** An object or a field as the editor's lists show it. */
export interface NamedItem {
  /** `Account`, `External_Id__c` */
  readonly name: string
  readonly label: string
}

/** A field with what decides where it may be offered. */
export interface NamedField extends NamedItem {
  /** `string`, `reference`, ... */
  readonly type: string
  readonly externalId: boolean
}

const freshMilliseconds = 5 * 60_000

/** Names of objects and fields from describe calls, kept for five minutes: opening a dialog must not cost API calls. */
export class DescribeCache {
  readonly #salesforce: () => Salesforce
  readonly #now: () => number
  readonly #entries = new Map<string, { readonly until: number; readonly answer: Promise<unknown> }>()

  constructor(salesforce: () => Salesforce, now: () => number = Date.now) {
    this.#salesforce = salesforce
    this.#now = now
  }

  /** Every object that can be queried, by name. */
  objects(): Promise<NamedItem[]> {
    return this.#cached('', async () => {
      const { sobjects } = await this.#salesforce().describeGlobal()
      return sobjects
        .filter(({ queryable }) => queryable !== false)
        .map(({ name, label }) => ({ name, label }))
        .sort(byName)
    })
  }

  /** Every field of an object, by name. */
  fields(object: string): Promise<NamedField[]> {
    return this.#cached(object.toLowerCase(), async () => {
      const { fields } = await this.#salesforce().sobject(object).describe()
      // Salesforce takes Id for an external ID in an upsert, but its describe does not say so.
      return fields
        .map(({ name, label, type, externalId, idLookup }) => ({
          name,
          label,
          type,
          externalId: externalId === true || (idLookup === true && name === 'Id'),
        }))
        .sort(byName)
    })
  }

  #cached<T>(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key)
    if (known !== undefined && known.until > this.#now()) return known.answer as Promise<T>
    const answer = load()
    this.#entries.set(key, { until: this.#now() + freshMilliseconds, answer })
    // A failure is told to those who wait now; whoever asks next tries again.
    answer.catch(() => this.#entries.delete(key))
    return answer
  }
}

function byName(a: NamedItem, b: NamedItem): number {
  return a.name.localeCompare(b.name, 'en')
}
