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
  // V8 keeps the texts that String() makes of numbers, which would be measured as memory of whoever takes the rows.
  const digits = (index + 1e12).toFixed(0).slice(1)
  const name = index % 10 === 0 ? `Airport "${digits}", Ltd` : `Airport ${digits}`
  return { Id: `001${digits}AAA`, Name: name, BillingCity: `City ${index % 977}`, AnnualRevenue: (index % 9973) * 100 }
}

/** Rows `from` to `from + count` without their Id, which Salesforce gives; made one at a time, as a stream brings them. */
export function* newRows(count: number, from: number = 0): Generator<Omit<BenchRow, 'Id'>> {
  for (let index = from; index < from + count; index += 1) {
    const { Id: _, ...row } = benchRow(index)
    yield row
  }
}

/** What reading rows 0 to `rows` adds up to: the lengths of their names. Every tenth is longer by its quotes and `, Ltd`. */
export function checksumOf(rows: number): number {
  const [short, long] = [1, 0].map((index) => benchRow(index).Name.length) as [number, number]
  const longer = Math.ceil(rows / 10)
  return longer * long + (rows - longer) * short
}

/** What the bytes of the lines of new rows 0 to `rows` add up to, quoted only where they must be. */
export function uploadedSum(rows: number): number {
  const quoted = (value: string): string => (/[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
  let sum = 0
  for (const { Name, BillingCity, AnnualRevenue } of newRows(rows)) {
    for (const byte of Buffer.from(`${quoted(Name)},${BillingCity},${AnnualRevenue}\n`)) sum += byte
  }
  return sum
}

/** One line of CSV, quoted as Salesforce quotes: every field. */
export function csvLine(values: readonly (string | number)[]): string {
  return `${values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(',')}\n`
}

/** The lines of rows `from` to `to`, without a header. */
export function csvLines(from: number, to: number): Buffer {
  const lines: string[] = []
  for (let index = from; index < to; index += 1) lines.push(csvLine(Object.values(benchRow(index))))
  return Buffer.from(lines.join(''))
}
