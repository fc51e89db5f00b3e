import type { SObjectDescribe } from '../sobject/describe.ts'
import { mapEntry, objectTypes } from './object-types.ts'
import { RelatedObjects } from './related-objects.ts'

/** Types that generated declarations use, each written only where it is used. */
const supports: Readonly<Record<string, string>> = {
  ChildRecords: `/** A list of child records. A client's query has fetched all its pages. */
export interface ChildRecords<T> {
  totalSize: number
  done: boolean
  records: T[]
}`,
  OtherRecord: `/** A record of an object that was not asked for. */
export interface OtherRecord {
  attributes?: { type: string; url: string }
  [field: string]: unknown
}`,
  CompoundAddress: `/** An address, read as a whole; it is written by its parts. */
export interface CompoundAddress {
  city: string | null
  country: string | null
  /** Where the org has picklists of countries and states. */
  countryCode?: string | null
  geocodeAccuracy: string | null
  latitude: number | null
  longitude: number | null
  postalCode: string | null
  state: string | null
  /** Where the org has picklists of countries and states. */
  stateCode?: string | null
  street: string | null
}`,
  CompoundLocation: `/** A place in degrees, read as a whole; it is written by its parts. */
export interface CompoundLocation {
  latitude: number | null
  longitude: number | null
}`,
}

/**
 * A module of declarations from describes: types of each object, and the map `Org` of all of them. The same describes
 * give the same text.
 *
 * @param command - How it was made, for the first line.
 */
export function orgTypes(objects: readonly SObjectDescribe[], command: string, apiVersion: string): string {
  const related = new RelatedObjects(objects)
  const declarations = [
    ...objects.flatMap((object) => objectTypes(object, related)),
    [
      '/** The objects of the org, for `new Salesforce<Org>({ ... })`. */',
      'export interface Org {',
      ...objects.map((object) => mapEntry(object, related)),
      '}',
    ].join('\n'),
  ]
  const text = declarations.join('\n\n')
  const used = Object.entries(supports).filter(([name]) => new RegExp(`(?:: |\\| )${name}\\b`).test(text))
  const head = `// Written from describe of API ${apiVersion}. Instead of changing it by hand, run again:\n// ${command}`
  return `${[head, text, ...used.map(([, declaration]) => declaration)].join('\n\n')}\n`
}
