import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import type { FieldSchema } from '../schema/types.ts'
import { settledByConditions } from '../sobjects/conditions.ts'
import { schemaValidators } from '../sobjects/object-handlers.ts'
import { badQuickAction } from './errors.ts'
import type { Performance, QuickActionsModel } from './model.ts'
import type { QuickAction } from './quick-action.ts'

/** A call to one of the roads of quick actions; which parts of the path are there depends on the road. */
export type QuickActionCall = FastifyRequest<{
  Params: { version: string; object?: string; name: string; context?: string }
}>

/** Wire shapes of quick actions. */
export class QuickActionHandlers {
  readonly #org: Org
  readonly #model: QuickActionsModel

  constructor(org: Org, model: QuickActionsModel) {
    this.#org = org
    this.#model = model
  }

  /** GET /quickActions and /sobjects/{object}/quickActions; 304 when no action has changed since. */
  list(call: QuickActionCall, reply: FastifyReply): object | undefined {
    const actions = this.#model.list(call.params.object)
    if (settledByConditions(schemaValidators(this.#org), call, reply)) return undefined
    return actions.map((action) => ({
      actionEnumOrId: this.#model.idOf(action),
      label: action.label ?? action.name,
      name: action.name,
      type: action.type,
      urls: urls(call, action),
    }))
  }

  /** GET of an action and of its describe (SOAP API Developer Guide, "DescribeQuickActionResult"). */
  describe(call: QuickActionCall, reply: FastifyReply): object | undefined {
    const action = this.#action(call)
    if (settledByConditions(schemaValidators(this.#org), call, reply)) return undefined
    const { defaults = {}, object = null, targetParentField = null } = action
    return {
      ...NO_PAGE,
      actionEnumOrId: this.#model.idOf(action),
      contextSobjectType: object,
      defaultValues: Object.entries(defaults).map(([field, value]) => ({ defaultValue: String(value), field })),
      label: action.label ?? action.name,
      layout: layout(action, this.#model.fields(action)),
      name: action.name,
      targetParentField,
      targetRecordTypeId: null,
      targetSobjectType: this.#model.target(action),
      type: action.type,
    }
  }

  /** GET of the default values, of a record's where its Id ends the path. */
  defaultValues(call: QuickActionCall, reply: FastifyReply): object | undefined {
    const action = this.#action(call)
    const values = this.#model.defaultValues(action, call.params.context)
    if (settledByConditions(schemaValidators(this.#org), call, reply)) return undefined
    return { attributes: { type: this.#model.target(action) }, ...values }
  }

  /** POST `{contextId, record}`: 201 and what became of it (SOAP API Developer Guide, "PerformQuickActionResult"). */
  perform(call: QuickActionCall, reply: FastifyReply): object {
    const action = this.#action(call)
    const given = performance(call.body)
    const id = this.#model.perform(action, given)
    const created = action.type !== 'Update'
    reply.code(created ? 201 : 200)
    return { contextId: given.contextId ?? null, created, errors: [], feedItemIds: [], ids: [id], success: true }
  }

  #action({ params }: QuickActionCall): QuickAction {
    return this.#model.action(params.name, params.object)
  }
}

/** What a describe tells of how an action looks: the emulator has no pages. */
const NO_PAGE = {
  accessLevelRequired: null,
  canvasApplicationId: null,
  canvasApplicationName: null,
  colors: [],
  flowDevName: null,
  flowRecordIdVar: null,
  height: null,
  iconName: null,
  iconUrl: null,
  icons: [],
  lightningComponentBundleId: null,
  lightningComponentBundleName: null,
  lightningComponentQualifiedName: null,
  miniIconUrl: null,
  mobileExtensionId: null,
  showQuickActionLcHeader: false,
  showQuickActionVfHeader: false,
  visualforcePageName: null,
  visualforcePageUrl: null,
  width: null,
} as const

function urls({ params }: QuickActionCall, { name, type, object }: QuickAction): object {
  if (type === 'Post') return {}
  const road = `/services/data/v${params.version}${object === undefined ? '' : `/sobjects/${object}`}/quickActions/${name}`
  return {
    defaultValues: `${road}/defaultValues`,
    quickAction: road,
    describe: `${road}/describe`,
    defaultValuesTemplate: `${road}/defaultValues/{ID}`,
  }
}

/** One field a row (SOAP API Developer Guide, "DescribeLayoutSection"). */
function layout({ name }: QuickAction, fields: readonly FieldSchema[]): object {
  return {
    name,
    columns: 1,
    heading: null,
    layoutRows: fields.map((field, index) => ({
      layoutItems: [
        {
          editableForNew: field.createable,
          editableForUpdate: field.updateable,
          label: field.label,
          layoutComponents: [{ displayLines: 1, tabOrder: index + 1, type: 'Field', value: field.name }],
          placeholder: false,
          required: !field.nillable && !field.defaultedOnCreate,
        },
      ],
      numItems: 1,
    })),
    rows: fields.length,
    useCollapsibleSection: false,
    useHeading: false,
  }
}

function performance(body: unknown): Performance {
  const { contextId, record } = (body ?? {}) as { contextId?: unknown; record?: unknown }
  if (typeof contextId !== 'string' && (contextId ?? null) !== null) throw badQuickAction('contextId must be an Id')
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw badQuickAction('The request body must be an object with an object named record')
  }
  return { ...(typeof contextId === 'string' && { contextId }), record: record as Record<string, unknown> }
}
