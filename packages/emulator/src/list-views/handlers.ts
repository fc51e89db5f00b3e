import type { FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { valueAt } from '../query/value-at.ts'
import type { FieldSchema, ObjectSchema } from '../schema/types.ts'
import { notFound } from '../sobjects/errors.ts'
import type { JsonRecord } from '../soql/record-reader.ts'
import type { ListViewColumn } from './columns.ts'
import { badPage } from './errors.ts'
import type { ListViewsModel, SavedListView } from './model.ts'

/** A call to one of the roads of list views; which parts of the path are there depends on the road. */
export type ListViewCall = FastifyRequest<{
  Params: { version: string; object: string; view: string }
  Querystring: { limit?: string; offset?: string }
}>

/** Wire shapes of list views (REST API Developer Guide, "List Views for an Object" and the resources below it). */
export class ListViewHandlers {
  readonly #org: Org
  readonly #model: ListViewsModel

  constructor(org: Org, model: ListViewsModel) {
    this.#org = org
    this.#model = model
  }

  /** GET /sobjects/{object}/listviews */
  list(call: ListViewCall): object {
    return entries(call, this.#object(call), this.#model.list(this.#object(call)))
  }

  /** GET /sobjects/{object}/listviews/recent */
  recent(call: ListViewCall): object {
    return entries(call, this.#object(call), this.#model.recent(this.#object(call)))
  }

  /** GET /sobjects/{object}/listviews/{id} */
  view(call: ListViewCall): object {
    return entry(call, this.#view(call))
  }

  /** GET /sobjects/{object}/listviews/{id}/describe */
  describe(call: ListViewCall): object {
    const view = this.#view(call)
    const { object, scope, where = [], columns } = view.definition
    const [first, ...more] = where
    return {
      columns: columnShapes(view),
      id: view.id.slice(0, 15),
      orderBy: [columns[0], 'Id'].map((fieldNameOrPath) => ({
        fieldNameOrPath,
        nullsPosition: 'first',
        sortDirection: 'ascending',
      })),
      query: view.query,
      scope: scope ?? null,
      sobjectType: object,
      whereCondition: more.length === 0 ? (first ?? null) : { conditions: where, conjunction: 'and' },
    }
  }

  /** GET /sobjects/{object}/listviews/{id}/results?limit=&offset= */
  results(call: ListViewCall): object {
    const limit = wholeNumber(call.query, 'limit', 25, 2000)
    const offset = wholeNumber(call.query, 'offset', 1, Number.MAX_SAFE_INTEGER)
    const { view, records, done } = this.#model.page(this.#view(call), limit, offset - 1, call.params.version)
    return {
      columns: columnShapes(view),
      developerName: view.definition.name,
      done,
      id: view.id.slice(0, 15),
      label: view.definition.label ?? view.definition.name,
      records: records.map((record) => ({ columns: view.columns.map((column) => cell(record, column)) })),
      size: records.length,
    }
  }

  #object({ params }: ListViewCall): ObjectSchema {
    const object = this.#org.schema.object(params.object)
    if (!object) throw notFound()
    return object
  }

  #view(call: ListViewCall): SavedListView {
    return this.#model.view(this.#object(call), call.params.view)
  }
}

function entries(call: ListViewCall, object: ObjectSchema, views: readonly SavedListView[]): object {
  return {
    done: true,
    listviews: views.map((view) => entry(call, view)),
    nextRecordsUrl: null,
    size: views.length,
    sobjectType: object.name,
  }
}

function entry({ params }: ListViewCall, { id, definition }: SavedListView): object {
  const url = `/services/data/v${params.version}/sobjects/${definition.object}/listviews/${id}`
  return {
    describeUrl: `${url}/describe`,
    developerName: definition.name,
    id,
    label: definition.label ?? definition.name,
    resultsUrl: `${url}/results`,
    soqlCompatible: true,
    url,
  }
}

function columnShapes({ columns }: SavedListView): object[] {
  return columns.map(({ path, field, label, hidden, selectListItem }, index) => {
    const [ascending, descending] = hidden || !field.sortable ? [null, null] : sortLabels(field)
    return {
      ascendingLabel: ascending,
      descendingLabel: descending,
      fieldNameOrPath: path,
      hidden,
      label,
      selectListItem,
      sortDirection: index === 0 ? 'ascending' : null,
      sortIndex: index === 0 ? 0 : null,
      sortable: !hidden && field.sortable,
      type: field.type,
    }
  })
}

/** What the two directions are called (recorded: `restforce-listview-results`, for texts, phones and picklists). */
function sortLabels({ type }: FieldSchema): [ascending: string, descending: string] {
  if (type === 'picklist') return ['Low to High', 'High to Low']
  return DIGITS.has(type) ? ['9-0', '0-9'] : ['Z-A', 'A-Z']
}

const DIGITS: ReadonlySet<string> = new Set(['phone', 'int', 'double', 'currency', 'percent', 'date', 'datetime'])

function cell(record: JsonRecord, { path, field }: ListViewColumn): object {
  const value = valueAt(record, path)
  if (value === null) return { fieldNameOrPath: path, value }
  return { fieldNameOrPath: path, value: field.type === 'datetime' ? javaDate(String(value)) : String(value) }
}

/** A moment as Java prints it: `Fri Aug 01 21:15:46 GMT 2014`. */
function javaDate(text: string): string {
  const [weekday = '', day, month, year, time] = new Date(text).toUTCString().split(' ')
  return `${weekday.slice(0, 3)} ${month} ${day} ${time} GMT ${year}`
}

function wholeNumber(query: ListViewCall['query'], name: 'limit' | 'offset', otherwise: number, most: number): number {
  const text = query[name]
  if (text === undefined) return otherwise
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (number < 1 || number > most) throw badPage(name, text, most === 2000 ? 'from 1 to 2000' : 'at least 1')
  return number
}
