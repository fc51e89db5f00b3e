import type { OrgSchema } from '../schema/org-schema.ts'
import type { FieldSchema, FieldType } from '../schema/types.ts'
import type { CompiledQuery, Output } from '../soql/compiled-query.ts'

/** One column of a query's result; a parent or a child query holds columns of its own. */
export interface ColumnMetadata {
  readonly aggregate: boolean
  readonly apexType: string
  readonly booleanType: boolean
  readonly columnName: string
  readonly custom: boolean
  readonly displayName: string
  readonly foreignKeyName: string | null
  readonly insertable: boolean
  readonly joinColumns: readonly ColumnMetadata[]
  readonly numberType: boolean
  readonly textType: boolean
  readonly updatable: boolean
}

const APEX_TYPES: Readonly<Partial<Record<FieldType, string>>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  address: 'complexvalue',
  base64: 'Blob',
}

/**
 * What `query?columns=true` answers in place of records: the columns of the result. The resource is not in the REST API
 * Developer Guide; its shape is the one that the Salesforce CLI reads to print a result.
 */
export function queryColumns(schema: OrgSchema, query: CompiledQuery): object {
  return {
    columnMetadata: columnsOf(schema, query.object, query.outputs, query.kind === 'aggregate'),
    entityName: query.object,
    groupBy: query.kind === 'aggregate',
    idSelected: query.outputs.some((output) => output.name === 'Id'),
    keyPrefix: schema.object(query.object)?.keyPrefix ?? null,
  }
}

function columnsOf(
  schema: OrgSchema,
  object: string,
  outputs: readonly Output[],
  aggregate: boolean,
): ColumnMetadata[] {
  return outputs.map((output) => columnOf(schema, object, output, aggregate))
}

function columnOf(schema: OrgSchema, object: string, output: Output, aggregate: boolean): ColumnMetadata {
  const field = schema.field(object, output.name)
  switch (output.kind) {
    case 'children': {
      const { query } = output
      const joinColumns = columnsOf(schema, query.object, query.outputs, false)
      return column(output.name, 'complexvalue', field, { aggregate: true, joinColumns })
    }
    case 'parent': {
      const reference = schema.parentField(object, output.name)
      const joinColumns = columnsOf(schema, reference?.referenceTo[0] ?? '', output.outputs, false)
      return column(output.name, 'complexvalue', undefined, { joinColumns, foreignKeyName: reference?.name ?? null })
    }
    case 'compound':
    case 'typeof':
      return column(output.name, 'complexvalue', field)
    case 'value':
      return column(output.name, APEX_TYPES[output.type] ?? 'String', field, { aggregate: aggregate && !field })
  }
}

function column(
  name: string,
  apexType: string,
  field: FieldSchema | undefined,
  rest: Partial<ColumnMetadata> = {},
): ColumnMetadata {
  return {
    aggregate: false,
    apexType,
    booleanType: apexType === 'Boolean',
    columnName: name,
    custom: field?.custom ?? false,
    displayName: name,
    foreignKeyName: null,
    insertable: field?.createable ?? false,
    joinColumns: [],
    numberType: apexType === 'Integer' || apexType === 'Double',
    textType: apexType === 'String' || apexType === 'Id',
    updatable: field?.updateable ?? false,
    ...rest,
  }
}
