/** Rows of one page of a query. */
export const pageSize = 2000

/** The account number `row` of every load: Name, BillingCity, AnnualRevenue. */
export function accountOf(row: number): [string, string, number] {
  return [`Account ${row}, Incorporated`, `City ${row % 1000}`, row * 1.25]
}

/** The same accounts as the CSV of an upload, a piece at a time. */
export function* csvOf(rows: number): Generator<string> {
  let piece = 'Name,BillingCity,AnnualRevenue\n'
  for (let row = 0; row < rows; row += 1) {
    const [name, city, revenue] = accountOf(row)
    piece += `"${name}",${city},${revenue}\n`
    if (piece.length > 65_536) {
      yield piece
      piece = ''
    }
  }
  yield piece
}
