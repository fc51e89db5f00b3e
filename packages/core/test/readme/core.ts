/**
 * What snippets get when they import `@forcewire/core`: all of it, with a client whose clock does not wait between polls.
 *
 * @module
 */
import { Salesforce as Client, customClock, type SalesforceOptions, type Schema } from '@forcewire/core'
import { TestClock } from '../support/test-clock.ts'

export * from '@forcewire/core'

/** The client, on a clock of its own. */
export class Salesforce<S extends Schema = Record<string, Record<string, unknown>>> extends Client<S> {
  constructor(options: SalesforceOptions) {
    super({ [customClock]: new TestClock(15_000, Date.now()), ...options })
  }
}
