/** Advice that is a line of code, with what joins it to the sentence before. */
const code = /[;.]?\s*(?:A load goes on by )?bulk\.resume\w*(?:\([^)]*\))?(?: [^.;]*)?\./g

/** Advice to set options of a client that no flow has. */
const clientOption = /[,;] or (?:name the columns .* option columns|give the load .* jobsInFlight)(?=\.)/

/** Says in the words of a flow what core says to programmers: advice to call a method or set its option is left out. */
export function hostWords(message: string): string {
  return message
    .replace(code, '.')
    .replace(clientOption, '')
    .replace('Loop over the same BulkQuery again, or run', 'Run')
    .replace(/\bidRanges\b/g, 'Split by ID Ranges')
}
