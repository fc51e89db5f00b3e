import type { Org } from '../org/org.ts'
import { answeringSoqlErrors } from '../query/errors.ts'
import type { QueryService } from '../query/model.ts'
import { toId18 } from '../records/record-id.ts'
import type { ObjectSchema } from '../schema/types.ts'
import type { JsonRecord } from '../soql/record-reader.ts'
import { type ListViewColumn, listViewColumns } from './columns.ts'
import { noSuchListView } from './errors.ts'
import { type ListView, type ListViewCondition, OPERATORS } from './list-view.ts'

/** A list view that is there to be looked at. */
export interface SavedListView {
  /** 18 characters. */
  readonly id: string
  readonly definition: ListView
  readonly columns: readonly ListViewColumn[]
  /** The SOQL that finds its rows. */
  readonly query: string
}

/** Some rows of a list view. */
export interface ListViewPage {
  readonly view: SavedListView
  readonly records: readonly JsonRecord[]
  /** True where no rows are left. */
  readonly done: boolean
}

/** List views that {@link ListViewsModel.recent} tells of at most. */
const MOST_RECENT = 5

/** The list views of the org's objects and their rows. */
export class ListViewsModel {
  readonly #org: Org
  readonly #queries: QueryService
  /** Ids of list views, the one looked at last first. */
  #recent: string[] = []

  constructor(org: Org, queries: QueryService) {
    this.#org = org
    this.#queries = queries
    org.onReset(() => {
      this.#recent = []
    })
  }

  /** The list views of an object. */
  list(object: ObjectSchema): SavedListView[] {
    const own = this.#org.metadata.listViews.filter((view) => view.object === object.name)
    // The first of a name takes the place of the others.
    const byName = new Map(own.toReversed().map((view) => [view.name, view]))
    return [...byName.values()].toReversed().map((view) => this.#saved(view))
  }

  /** The list views of an object whose rows were looked at last, newest first. */
  recent(object: ObjectSchema): SavedListView[] {
    const views = new Map(this.list(object).map((view) => [view.id, view]))
    return this.#recent.flatMap((id) => views.get(id) ?? []).slice(0, MOST_RECENT)
  }

  /** The list view of a 15- or 18-character Id. */
  view(object: ObjectSchema, id: string): SavedListView {
    const view = this.list(object).find((candidate) => candidate.id === toId18(id))
    if (!view) throw noSuchListView()
    return view
  }

  /** The rows of a list view, `limit` at most, `skipped` rows left out. */
  page(view: SavedListView, limit: number, skipped: number, version: string): ListViewPage {
    const soql = `${view.query} LIMIT ${limit + 1} OFFSET ${skipped}`
    const request = { soql, includeDeleted: false, batchSize: Number.POSITIVE_INFINITY, version }
    const { records } = answeringSoqlErrors(() => this.#queries.query(request))
    this.#recent = [view.id, ...this.#recent.filter((id) => id !== view.id)]
    return { view, records: records.slice(0, limit), done: records.length <= limit }
  }

  #saved(definition: ListView): SavedListView {
    const rows = this.#org.records.findBy('ListView', 'DeveloperName', definition.name)
    const row = rows.find(({ SobjectType }) => SobjectType === definition.object)
    const columns = listViewColumns(this.#org.schema, definition)
    return { id: String(row?.Id), definition, columns, query: queryOf(definition, columns) }
  }
}

/** As the guide prints it: sorted by the first column, then by Id (REST API Developer Guide, "Describe a List View"). */
function queryOf({ object, scope, where = [], columns }: ListView, all: readonly ListViewColumn[]): string {
  const items = all.map(({ selectListItem }) => selectListItem).join(', ')
  const using = scope === undefined ? '' : ` USING SCOPE ${scope}`
  const conditions = where.length === 0 ? '' : ` WHERE ${where.map(conditionText).join(' AND ')}`
  return `SELECT ${items} FROM ${object}${using}${conditions} ORDER BY ${columns[0]} ASC NULLS FIRST, Id ASC NULLS FIRST`
}

function conditionText({ field, operator, values }: ListViewCondition): string {
  const takesList = ['in', 'notIn', 'includes', 'excludes'].includes(operator)
  return `${field} ${OPERATORS[operator]} ${takesList ? `(${values.join(', ')})` : values[0]}`
}
