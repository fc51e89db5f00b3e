import { ConfigurationError } from '../errors/configuration-error.ts'

/** Refuses empty credentials before anything is sent: Salesforce's own answers to them mislead. */
export function requireText(
  flow: string,
  options: Readonly<Record<string, unknown>>,
  ...names: readonly string[]
): void {
  for (const name of names) {
    const value = options?.[name]
    if (typeof value !== 'string' || value.trim() === '') {
      throw new ConfigurationError(`${flow}: ${name} is missing; give it as text.`)
    }
  }
}
