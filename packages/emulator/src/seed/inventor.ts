import { base, en, Faker, generateMersenne32Randomizer } from '@faker-js/faker'
import type { OrgSchema } from '../schema/org-schema.ts'

/** Invented days lie around this one, which never changes: what is closed before it, what is open after it. */
const TODAY = '2026-06-30T00:00:00.000Z'

/** Invents values for the demo records: the same ones every time they are asked for in the same order. */
export class Inventor {
  readonly faker: Faker
  readonly #schema: OrgSchema

  constructor(schema: OrgSchema) {
    this.#schema = schema
    // Only the English words: the whole of faker's locales would take a second to load.
    this.faker = new Faker({ locale: [en, base], randomizer: generateMersenne32Randomizer() })
    this.faker.seed(20_260_630)
    this.faker.setDefaultRefDate(TODAY)
  }

  /** One of the values of a picklist, of those that `wanted` says yes to where there are such. */
  oneOf(object: string, field: string, wanted: (value: string) => boolean = () => true): string | null {
    const values = this.values(object, field)
    const liked = values.filter(wanted)
    return values.length === 0 ? null : this.pick(liked.length > 0 ? liked : values)
  }

  /** The values of a picklist; none where a described object has no such field. */
  values(object: string, field: string): string[] {
    return (this.#schema.field(object, field)?.picklistValues ?? []).map((entry) => entry.value)
  }

  pick<T>(list: readonly T[]): T {
    return this.faker.helpers.arrayElement(list)
  }

  /** True so often, from 0 to 1. */
  chance(probability: number): boolean {
    return this.faker.datatype.boolean(probability)
  }

  /** A whole number, both ends included. */
  number(min: number, max: number): number {
    return this.faker.number.int({ min, max })
  }

  /** A day within so many days before today. */
  past(days: number): string {
    return this.#day(-this.number(1, days))
  }

  /** A day within so many days from today on. */
  future(days: number): string {
    return this.#day(this.number(0, days))
  }

  phone(): string {
    return `(555) ${this.faker.string.numeric(3)}-${this.faker.string.numeric(4)}`
  }

  /** First and last name with an e-mail address of theirs, at a domain that cannot exist. */
  person(domain: string = this.faker.internet.domainWord()): { FirstName: string; LastName: string; Email: string } {
    const [FirstName, LastName] = [this.faker.person.firstName(), this.faker.person.lastName()]
    const local = `${FirstName}.${LastName}`.toLowerCase().replace(/[^a-z.]/g, '')
    return { FirstName, LastName, Email: `${local}@${domain}.example` }
  }

  /** An address, with the prefix of its field names (`Billing` in `BillingCity`). */
  address(prefix: string): Record<string, string> {
    const { location } = this.faker
    return {
      [`${prefix}Street`]: location.streetAddress(),
      [`${prefix}City`]: location.city(),
      [`${prefix}State`]: location.state({ abbreviated: true }),
      [`${prefix}PostalCode`]: location.zipCode('#####'),
      [`${prefix}Country`]: 'USA',
    }
  }

  #day(offset: number): string {
    return new Date(Date.parse(TODAY) + offset * 86_400_000).toISOString().slice(0, 10)
  }
}
