/** What the graphs tell that come after too many failed ones; the code is documented, the text is not. */
export const TOO_MANY_FAILURES = 'Processing was halted since too many graphs of the request failed.'
