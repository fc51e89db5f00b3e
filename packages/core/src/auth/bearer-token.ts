import { refuse } from '../check.ts'

/**
 * Whether a value is a token as the header `authorization` carries it: printable ASCII without blanks. A line break in
 * it would begin a header of its own.
 */
export function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}

/** @throws ConfigurationError that names the option and does not repeat the value. */
export function checkedToken(option: string, value: unknown): string {
  return isToken(value) ? value : refuse(option, 'a text of printable ASCII characters without blanks', value)
}
