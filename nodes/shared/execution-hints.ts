import type { Salesforce } from '@forcewire/core/portable'
import type { FailedRow, Row } from '@forcewire/operations'
import type { NodeExecutionHint } from 'n8n-workflow'
import { failedRows } from './result-items.ts'

/** Share of the daily API requests from which the user hears of them. */
const alarming = 0.8

/** Counts refused rows while the results come in, for the hints shown above the output. */
export class ExecutionTally {
  #rows = 0
  #failed = 0
  #first: FailedRow | undefined

  /** Counts a result row: one row of a load, or a summary that stands for many. */
  add(row: Row): void {
    const [failure] = failedRows(row)
    this.#first ??= failure
    const summary = typeof row.rows === 'number' && typeof row.failed === 'number'
    this.#rows += summary ? Number(row.rows) : 1
    this.#failed += summary ? Number(row.failed) : failure === undefined ? 0 : 1
  }

  /** What the user should know though nothing was thrown: refused rows, and API requests running out. */
  hints(usage: Salesforce['usage']): NodeExecutionHint[] {
    const hints: NodeExecutionHint[] = []
    if (this.#failed > 0) {
      const reason = this.#first?.errors[0]
      const because = reason === undefined ? '' : ` The first: ${reason.errorCode}: ${reason.message}`
      const message = `Salesforce refused ${count(this.#failed)} of ${count(this.#rows)} rows.${because}`
      hints.push({ message, type: 'warning', location: 'outputPane' })
    }
    if (usage !== undefined && usage.limit > 0 && usage.used / usage.limit >= alarming) {
      const share = Math.floor((100 * usage.used) / usage.limit)
      const message = `The org has used ${share} % of its daily API requests (${count(usage.used)} of ${count(usage.limit)}).`
      hints.push({ message, type: 'warning', location: 'outputPane' })
    }
    return hints
  }
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
