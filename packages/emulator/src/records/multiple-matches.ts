import { RecordError } from '../errors.ts'

/** More than one record holds an external id that has to name one. REST answers 300 with their paths. */
export class MultipleMatchesError extends RecordError {
  override readonly name: string = 'MultipleMatchesError'
  /** 18-character Ids of all the records, in their order. */
  readonly ids: readonly string[]

  constructor(fieldName: string, ids: readonly string[]) {
    super(
      'DUPLICATE_EXTERNAL_ID',
      `${fieldName}: more than one record found for external id field: [${ids.join(', ')}]`,
      [fieldName],
    )
    this.ids = ids
  }
}
