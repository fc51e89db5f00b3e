/** The object that the prepared answers are about. */
export const object = 'Account'

/** Four columns, as in the figures that are published for other clients. */
export interface BenchRow {
  readonly Id: string
  readonly Name: string
  readonly BillingCity: string
  readonly AnnualRevenue: number
}

/** The columns of `BenchRow`, in order. */
export const columns: readonly (keyof BenchRow)[] = ['Id', 'Name', 'BillingCity', 'AnnualRevenue']

/** The row with a number, always the same one. Some names hold a comma or a quote, as real ones do. */
export function benchRow(index: number): BenchRow {
  const digits = String(index).padStart(12, '0')
  const name = index % 10 === 0 ? `Airport "${digits}", Ltd` : `Airport ${digits}`
  return { Id: `001${digits}AAA`, Name: name, BillingCity: `City ${index % 977}`, AnnualRevenue: (index % 9973) * 100 }
}

/** What reading rows 0 to `rows` adds up to. */
export function checksumOf(rows: number): number {
  let sum = 0
  for (let index = 0; index < rows; index += 1) sum += benchRow(index).Name.length
  return sum
}

/** One line of CSV, quoted as Salesforce quotes: every field. */
export function csvLine(values: readonly (string | number)[]): string {
  return `${values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(',')}\n`
}
