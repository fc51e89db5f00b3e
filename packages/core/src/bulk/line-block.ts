/** Some rows of the input, one after the other, as lines of CSV. Valid until its maker makes the next one. */
export interface LineBlock {
  /** Position of the first row in the input. */
  readonly from: number
  /** For each position from there on, the bytes of its line with the line ending; 0 for a row that cannot be sent. */
  readonly sizes: Uint32Array
  /** The lines, side by side. */
  readonly bytes: Uint8Array
}
