import { valueAt } from '../query/value-at.ts'
import type { FieldSchema } from '../schema/types.ts'
import type { ReportColumn } from './columns.ts'

/** One cell of a report: the text that a person sees, and the value behind it. */
export interface DataCell {
  readonly label: string
  readonly value: unknown
}

const NUMBER = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const MONEY = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

/** The cell of a column in one row; `-` stands for nothing, as in reports. */
export function dataCell(row: Readonly<Record<string, unknown>>, column: ReportColumn): DataCell {
  const value = valueAt(row, column.path)
  if (value === null) return { label: '-', value: null }
  if (typeof value === 'number') return numberCell(column.field, value)
  const { type } = column.field
  if (type === 'date') return { label: americanDate(String(value)), value }
  if (type === 'datetime') return { label: americanDate(String(value)), value: `${String(value).slice(0, 19)}Z` }
  return { label: String(value), value: column.idPath === undefined ? value : valueAt(row, column.idPath) }
}

/** A number; money carries its currency, as the guide's examples show. */
export function numberCell(field: FieldSchema, value: number): DataCell {
  if (field.type !== 'currency') return { label: NUMBER.format(value), value }
  return { label: MONEY.format(value), value: { amount: value, currency: null } }
}

function americanDate(text: string): string {
  const [year = '', month, day] = text.slice(0, 10).split('-')
  return `${Number(month)}/${Number(day)}/${year}`
}
