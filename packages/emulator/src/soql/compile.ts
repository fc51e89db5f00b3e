import type { HavingClause, Query, QueryBase, Subquery, WhereClause } from '@jetstreamapp/soql-parser-js'
import { ignoringCaseSql } from '../records/fold-case.ts'
import type { OrgSchema } from '../schema/org-schema.ts'
import type { ObjectSchema } from '../schema/types.ts'
import type { CompiledQuery } from './compiled-query.ts'
import { type ConditionTree, conditionTree } from './conditions.ts'
import { SoqlError, unsupported } from './error.ts'
import { addFunction, fieldAlias, isAggregateQuery, isCountQuery, isFunction, writtenPath } from './field-list.ts'
import { FilterValueError } from './filter-values.ts'
import { type FilterContext, filterSql, type SqlPart } from './filters.ts'
import { checkLimit, grouping, inGroupingSet } from './grouping.ts'
import { locate } from './locate.ts'
import { OutputList } from './output-list.ts'
import { parentAliases } from './parent-aliases.ts'
import { parseSoql } from './parse.ts'
import { Paths } from './paths.ts'
import { checkFiltered } from './required-filters.ts'
import { scopeSql } from './scopes.ts'
import { checkSemiJoin, checkSemiJoins, type WherePlace } from './semi-joins.ts'
import { checkChildOffset, limitSql, orderSql, sortingSql, sortKeys } from './sorting.ts'

/** What a query is compiled against. */
export interface CompileOptions {
  readonly schema: OrgSchema
  /** Milliseconds since the epoch, for date literals. */
  readonly now: number
  /** True for queryAll: deleted records take part. */
  readonly includeDeleted: boolean
  /** Id of the user who asks, for USING SCOPE mine. */
  readonly userId: string
  /** Ids of the only records that may take part, those that a search found; all when absent. */
  readonly among?: readonly string[] | undefined
}

/**
 * Translates SOQL to SQL over the record store: names checked against the schema, values bound.
 *
 * @throws {@link SoqlError} where Salesforce would answer 400, or where the emulator does not run a clause.
 */
export function compileSoql(soql: string, options: CompileOptions): CompiledQuery {
  const query = parseSoql(soql)
  try {
    return new Compiler(soql, query, options).top()
  } catch (error) {
    throw error instanceof FilterValueError ? pointedAtFilter(soql, error) : error
  }
}

function pointedAtFilter(soql: string, error: FilterValueError): SoqlError {
  const offset = locate(soql, error.fieldName, 'WHERE')
  return offset === undefined ? error : SoqlError.at(soql, offset, error.errorCode, error.message)
}

interface WhereOptions {
  /** The field by which a child query finds the children of a record. */
  readonly parentField?: string | undefined
  readonly place?: WherePlace
}

class Compiler {
  readonly #soql: string
  readonly #query: Query
  readonly #options: CompileOptions
  readonly #parents: ReadonlyMap<string, string>

  constructor(soql: string, query: Query, options: CompileOptions) {
    this.#soql = soql
    this.#query = query
    this.#options = options
    this.#parents = parentAliases(soql)
  }

  top(): CompiledQuery {
    return this.#level(this.#query, this.#object(this.#query.sObject ?? ''))
  }

  #level(query: QueryBase, object: ObjectSchema, parentField?: string): CompiledQuery {
    const paths = this.#paths(object, query.sObjectAlias)
    if (!isAggregateQuery(query)) return this.#records(query, paths, parentField)
    if (parentField !== undefined) throw unsupported('aggregates in a child query')
    return isCountQuery(query) ? this.#count(query, paths) : this.#aggregate(query, paths)
  }

  #records(query: QueryBase, paths: Paths, parentField?: string): CompiledQuery {
    if (query.having !== undefined) throw new SoqlError('MALFORMED_QUERY', 'HAVING needs GROUP BY')
    const list = new OutputList(paths)
    const id = list.column('t0."Id"')
    this.#recordFields(query, paths, list)
    const where = this.#where(query, paths, { parentField })
    const sorting = sortingSql(query, paths)
    return {
      kind: 'records',
      object: paths.object.name,
      sql: `SELECT ${list.select} FROM ${paths.from}${where.sql}${sorting}`,
      parameters: where.parameters,
      id,
      outputs: list.outputs,
      leaves: query.for === undefined ? undefined : LEAVES[query.for],
    }
  }

  #aggregate(query: QueryBase, paths: Paths): CompiledQuery {
    checkLimit(query)
    const list = new OutputList(paths)
    const { groups, sets, texts } = grouping(query, paths, list)
    const where = this.#where(query, paths)
    const shown = sets.map((set) => (sql: string) => inGroupingSet(sql, set, groups))
    const having = shown.map((inSet) => this.#having(query, paths, groups, inSet))
    // Subtotals are queries of their own side by side, and a union sorts by its columns only.
    const sorting = sortKeys(query, paths, groups).map((key) => ({ ...key, sql: list.column(key.sql) }))
    const parts = sets.map((set, index) => {
      const keys = set.map((sql) => (texts.has(sql) ? ignoringCaseSql(sql) : sql))
      const group = groups.length === 0 ? '' : ` GROUP BY ${keys.length === 0 ? 'NULL' : keys.join(', ')}`
      const select = list.selectBy(shown[index] ?? String)
      return `SELECT ${select} FROM ${paths.from}${where.sql}${group}${having[index]?.sql ?? ''}`
    })
    return {
      kind: 'aggregate',
      object: paths.object.name,
      sql: `SELECT * FROM (${parts.join(' UNION ALL ')})${orderSql(sorting)}${limitSql(query)}`,
      parameters: having.flatMap(({ parameters }) => [...where.parameters, ...parameters]),
      id: undefined,
      outputs: list.outputs,
    }
  }

  #count(query: QueryBase, paths: Paths): CompiledQuery {
    if (query.groupBy !== undefined) throw new SoqlError('MALFORMED_QUERY', 'COUNT() cannot be used with GROUP BY')
    if (query.orderBy !== undefined) throw new SoqlError('MALFORMED_QUERY', 'COUNT() cannot be used with ORDER BY')
    const where = this.#where(query, paths)
    const sorting = sortingSql(query, paths)
    const matches = `SELECT 1 FROM ${paths.from}${where.sql}${sorting}`
    return {
      kind: 'count',
      object: paths.object.name,
      sql: `SELECT COUNT(*) AS c0 FROM (${matches})`,
      parameters: where.parameters,
      id: undefined,
      outputs: [],
    }
  }

  #recordFields(query: QueryBase, paths: Paths, list: OutputList): void {
    for (const field of query.fields ?? []) {
      if (field.type === 'FieldSubquery') {
        checkChildOffset(field.subquery, query)
        const { name, query: children } = this.#children(field.subquery, paths.object)
        list.children(name, children)
      } else if (field.type === 'FieldTypeof') {
        list.typeOf(field)
      } else if (isFunction(field)) {
        addFunction(field, query, paths, list)
      } else if (fieldAlias(field) !== undefined) {
        throw new SoqlError('MALFORMED_QUERY', 'only aggregate expressions use field aliasing')
      } else {
        list.field(writtenPath(field))
      }
    }
  }

  #children(subquery: Subquery, parent: ObjectSchema): { name: string; query: CompiledQuery } {
    const relationship = this.#options.schema.childRelationship(parent.name, subquery.relationshipName)
    if (relationship === undefined) {
      const message =
        `Didn't understand relationship '${subquery.relationshipName}' in FROM part of query call. If you are ` +
        `attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ` +
        'Please reference your WSDL or the describe call for the appropriate names.'
      throw this.#pointedAt(subquery.relationshipName, 'INVALID_TYPE', message)
    }
    const query = this.#level(subquery, this.#object(relationship.childSObject), relationship.field)
    return { name: relationship.relationshipName ?? subquery.relationshipName, query }
  }

  #where(query: QueryBase, paths: Paths, { parentField, place = 'query' }: WhereOptions = {}): SqlPart {
    const tree = query.where && this.#tree(query.where, 'WHERE')
    if (tree !== undefined) checkSemiJoins(tree, parentField === undefined ? place : 'child')
    if (parentField === undefined) checkFiltered(paths.object, tree)
    const conditions: string[] = []
    if (parentField !== undefined) conditions.push(`t0."${parentField}" = ?`)
    if (!this.#options.includeDeleted) conditions.push('t0."IsDeleted" = 0')
    const parameters: (string | number | null)[] = []
    const scope = scopeSql(query, paths, this.#options.userId)
    if (scope !== undefined) {
      conditions.push(scope.sql)
      parameters.push(...scope.parameters)
    }
    const { among } = this.#options
    if (among !== undefined && query === this.#query) {
      conditions.push('t0."Id" IN (SELECT value FROM json_each(?))')
      parameters.push(JSON.stringify(among))
    }
    if (tree !== undefined) {
      paths.clause = 'WHERE'
      const filter = this.#filter(tree, paths)
      conditions.push(filter.sql)
      parameters.push(...filter.parameters)
    }
    return { sql: conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`, parameters }
  }

  #having(query: QueryBase, paths: Paths, groups: readonly string[], shown: (sql: string) => string): SqlPart {
    if (query.having === undefined) return { sql: '', parameters: [] }
    paths.clause = 'HAVING'
    const filter = this.#filter(this.#tree(query.having, 'HAVING'), paths, { groups, shown })
    return { sql: ` HAVING ${filter.sql}`, parameters: filter.parameters }
  }

  #tree(clause: WhereClause | HavingClause, word: 'WHERE' | 'HAVING'): ConditionTree {
    const outermost = clause === this.#query.where || clause === this.#query.having
    return conditionTree(clause, outermost ? { soql: this.#soql, word } : undefined)
  }

  #filter(tree: ConditionTree, paths: Paths, grouped?: FilterContext['grouped']): SqlPart {
    return filterSql(tree, {
      paths,
      now: this.#options.now,
      grouped,
      subquery: (query, left) => this.#idList(query, paths, left),
    })
  }

  #idList(query: Query, outer: Paths, left: string): SqlPart {
    const inner = this.#object(query.sObject ?? '')
    const paths = this.#paths(inner, query.sObjectAlias)
    const [field] = query.fields ?? []
    if (field === undefined || query.fields?.length !== 1 || isFunction(field)) {
      throw new SoqlError('MALFORMED_QUERY', 'A semi-join sub-select must select exactly one field')
    }
    const column = paths.column(writtenPath(field))
    if (column.field.type !== 'id' && column.field.type !== 'reference') {
      const message = `The selected field '${column.field.name}' in the inner select must be an ID or a reference`
      throw new SoqlError('MALFORMED_QUERY', message)
    }
    checkSemiJoin({ outer: outer.object, left: outer.column(left), inner, selected: column, query })
    const where = this.#where(query, paths, { place: 'join' })
    return { sql: `SELECT ${column.sql} FROM ${paths.from}${where.sql}`, parameters: where.parameters }
  }

  #paths(object: ObjectSchema, sObjectAlias: string | undefined): Paths {
    return new Paths(this.#options.schema, object, this.#soql, { sObjectAlias, parents: this.#parents })
  }

  #object(name: string): ObjectSchema {
    const object = this.#options.schema.object(name)
    if (object !== undefined && object.queryable !== false) return object
    const message =
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the ` +
      `'__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`
    throw this.#pointedAt(name, 'INVALID_TYPE', message)
  }

  #pointedAt(word: string, errorCode: string, message: string): SoqlError {
    const offset = locate(this.#soql, word, 'FROM')
    return offset === undefined
      ? new SoqlError(errorCode, message)
      : SoqlError.at(this.#soql, offset, errorCode, message)
  }
}

/** Source: SOQL and SOSL Reference, "FOR VIEW" and "FOR REFERENCE". FOR UPDATE locks, which nobody else would notice. */
const LEAVES: Readonly<Record<string, CompiledQuery['leaves']>> = {
  VIEW: 'LastViewedDate',
  REFERENCE: 'LastReferencedDate',
}
