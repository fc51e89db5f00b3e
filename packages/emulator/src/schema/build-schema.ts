import { InvalidOption } from '../invalid-option.ts'
import { type CustomObject, type CustomSchema, customField, customObject } from './custom-schema.ts'
import { demoObjects } from './demo-schema.ts'
import { childNames, describedObject, isObjectDescribe, withChildNames } from './described-object.ts'
import { OrgSchema } from './org-schema.ts'
import type { ObjectSchema } from './types.ts'

/** What the schema of an org is made of beside the objects of the demo org. */
export interface SchemaSources {
  /** Answers of `sobjects/{object}/describe` from any org, or the output of `sf sobject describe --json`. */
  readonly describes?: readonly unknown[] | undefined
  /** Custom objects and fields. */
  readonly custom?: CustomSchema | undefined
}

const CUSTOM_NAME = /^[A-Za-z]\w*__c$/

/**
 * The schema of an org: the demo objects, described objects in their place or beside them, custom objects and fields.
 *
 * @throws InvalidOption with a sentence that names what is wrong with a source.
 */
export function buildSchema({ describes = [], custom = {} }: SchemaSources): OrgSchema {
  const objects = new Map(demoObjects().map((object) => [object.name, object]))
  const prefixes = new KeyPrefixes(objects.values())
  addDescribed(objects, describes, prefixes)
  for (const object of custom.objects ?? []) {
    checkName(object?.name, 'object')
    if (objects.has(object.name)) throw new InvalidOption('schema', `The schema has the object ${object.name} twice.`)
    objects.set(object.name, checkedObject(object, prefixes))
  }
  for (const [name, fields] of Object.entries(custom.fields ?? {})) {
    const object = objects.get(name)
    if (!object) throw new InvalidOption('schema', `The schema adds fields to ${name}, which is no object of the org.`)
    for (const one of fields) checkName(one?.name, `field of ${name}`)
    objects.set(name, { ...object, fields: [...object.fields, ...fields.map((one) => customField(one))] })
  }
  return new OrgSchema([...objects.values()].sort((one, other) => (one.name < other.name ? -1 : 1)))
}

function addDescribed(objects: Map<string, ObjectSchema>, given: readonly unknown[], prefixes: KeyPrefixes): void {
  const describes = given.map((value, index) => {
    const describe = isObjectDescribe(value) ? value : (value as { result?: unknown } | null)?.result
    if (!isObjectDescribe(describe)) {
      throw new InvalidOption('describes', `describes[${index}] is no describe: it has no name and list of fields.`)
    }
    return describe
  })
  const children = childNames(describes)
  for (const describe of describes) {
    const demo = objects.get(describe.name)
    const keyPrefix = demo?.keyPrefix ?? prefixes.take(describe.keyPrefix ?? undefined, describe.name)
    objects.set(describe.name, describedObject(describe, children, demo, keyPrefix))
  }
  for (const [name, object] of objects) objects.set(name, withChildNames(object, children))
}

function checkedObject(object: CustomObject, prefixes: KeyPrefixes): ObjectSchema {
  for (const one of object.fields ?? []) checkName(one?.name, `field of ${object.name}`)
  return customObject(object, prefixes.take(object.keyPrefix, object.name))
}

function checkName(name: unknown, what: string): void {
  if (typeof name === 'string' && CUSTOM_NAME.test(name)) return
  throw new InvalidOption(
    'schema',
    `The schema names a custom ${what} ${String(name)}; such a name ends in __c, as in Invoice__c.`,
  )
}

/** Deals out key prefixes and sees that no two objects share one. */
class KeyPrefixes {
  readonly #taken: Map<string, string>
  #next = 0

  constructor(objects: Iterable<ObjectSchema>) {
    this.#taken = new Map([...objects].map(({ keyPrefix, name }) => [keyPrefix, name]))
  }

  take(wanted: string | undefined, name: string): string {
    const prefix = wanted ?? this.#free()
    const owner = this.#taken.get(prefix)
    if (owner !== undefined)
      throw new InvalidOption('schema', `${name} and ${owner} cannot both have the key prefix ${prefix}.`)
    this.#taken.set(prefix, name)
    return prefix
  }

  #free(): string {
    let prefix: string
    do prefix = `a${(this.#next++).toString(36).toUpperCase().padStart(2, '0')}`
    while (this.#taken.has(prefix))
    return prefix
  }
}
