import type { Org } from '../org/org.ts'
import { fromJsonRecord } from '../records/json-record.ts'
import { isIdShaped, toId18 } from '../records/record-id.ts'
import type { FieldSchema, ObjectSchema } from '../schema/types.ts'
import { badQuickAction, cannotPerform, noSuchQuickAction } from './errors.ts'
import type { QuickAction } from './quick-action.ts'

/** The values that the fields of an action begin with; null where a field begins empty. */
export type DefaultValues = Readonly<Record<string, string | number | boolean | null>>

/** What performing an action is given. */
export interface Performance {
  /** Id of the record on which the action was used. */
  readonly contextId?: string
  readonly record?: Readonly<Record<string, unknown>>
}

/** The quick actions of an org: which there are, what they begin with, and what performing one does. */
export class QuickActionsModel {
  readonly #org: Org

  constructor(org: Org) {
    this.#org = org
  }

  /** The global actions, and with the name of an object its own too, as the guide says. */
  list(objectName?: string): QuickAction[] {
    const object = objectName === undefined ? undefined : this.#object(objectName).name
    const own = this.#org.metadata.quickActions.filter(
      (action) => action.object === undefined || action.object === object,
    )
    // The first of a name takes the place of the others.
    return [...new Map(own.toReversed().map((action) => [action.name, action])).values()].toReversed()
  }

  /** The action of that name, global or of the object. */
  action(name: string, objectName?: string): QuickAction {
    const action = this.list(objectName).find((candidate) => candidate.name === name)
    // The actions of feeds are for pages: nothing tells of them but the list.
    if (!action || action.type === 'Post') throw noSuchQuickAction()
    return action
  }

  /** The Id of an action; the actions of feeds have none but their name. */
  idOf(action: QuickAction): string {
    if (action.type === 'Post') return action.name
    return `09Dfw0${String(this.#org.metadata.quickActions.indexOf(action) + 1).padStart(9, '0')}`
  }

  /** The fields of an action's layout; none where the org has not the object. */
  fields(action: QuickAction): FieldSchema[] {
    const target = this.target(action)
    return (action.fields ?? []).flatMap((name) => this.#org.schema.field(target, name) ?? [])
  }

  /** Name of the object that the action makes or changes a record of. */
  target({ targetObject, object = '' }: QuickAction): string {
    return targetObject ?? object
  }

  /** What the fields begin with, on the record of `contextId` where one is given. */
  defaultValues(action: QuickAction, contextId?: string): DefaultValues {
    const parent = contextId === undefined ? undefined : this.#parentField(action, contextId)
    return Object.fromEntries(
      this.fields(action).map((field) => {
        const value = field.name === parent ? toId18(contextId ?? '') : this.#defaultOf(field)
        return [field.name, action.defaults?.[field.name] ?? value]
      }),
    )
  }

  /** Does what the action is for and gives the Id of the record that was made or changed. */
  perform(action: QuickAction, { contextId, record = {} }: Performance): string {
    const object = this.#org.schema.object(this.target(action))
    if (!object?.createable) throw cannotPerform(action.name, this.target(action))
    const { records, schema } = this.#org
    if (action.type === 'Update') {
      if (contextId === undefined) throw badQuickAction('contextId has to name the record to be updated')
      this.#context(contextId)
      records.update(object.name, toId18(contextId), fromJsonRecord(schema, object, record))
      return toId18(contextId)
    }
    const given = new Set(Object.keys(record).map((name) => name.toLowerCase()))
    const defaults = Object.entries(this.defaultValues(action, contextId)).filter(
      ([name, value]) =>
        value !== null && !given.has(name.toLowerCase()) && schema.field(object.name, name)?.createable,
    )
    return records.insert(object.name, fromJsonRecord(schema, object, { ...Object.fromEntries(defaults), ...record }))
  }

  #defaultOf({ name, type, defaultValue }: FieldSchema): string | boolean | null {
    if (name === 'OwnerId') return this.#org.userId
    return defaultValue ?? (type === 'boolean' ? false : null)
  }

  /** The field that takes the record on which the action was used. */
  #parentField(action: QuickAction, contextId: string): string | undefined {
    const { name } = this.#context(contextId)
    if (action.targetParentField !== undefined) return action.targetParentField
    return this.fields(action).find((field) => field.name !== 'OwnerId' && field.referenceTo.includes(name))?.name
  }

  /** The object of a record that is there. */
  #context(id: string): ObjectSchema {
    const object = isIdShaped(id) ? this.#org.schema.objectOfId(id) : undefined
    if (!object || !this.#org.records.get(object.name, toId18(id))) throw noSuchQuickAction()
    return object
  }

  #object(name: string): ObjectSchema {
    const object = this.#org.schema.object(name)
    if (!object) throw noSuchQuickAction()
    return object
  }
}
