/** Advice that is a line of code, with what joins it to the sentence before. */
const code = /[;.]?\s*(?:A load goes on by )?bulk\.resume\w*(?:\([^)]*\))?(?: [^.;]*)?\./g

/** Says in the words of a flow what core says to programmers: advice to call a method is left out. */
export function hostWords(message: string): string {
  return message
    .replace(code, '.')
    .replace('Loop over the same BulkQuery again, or run', 'Run')
    .replace('The option idRanges', 'The option Split by ID Ranges')
}
