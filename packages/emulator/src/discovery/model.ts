import { WireError } from '../errors.ts'

/** Versions 21.0 to 30.0 were retired in Summer '25 (Salesforce release notes); 67.0 is Summer '26. */
const OLDEST = 31
const NEWEST = 67
const SEASONS = ['Spring', 'Summer', 'Winter'] as const

/** One entry of GET /services/data. */
export interface Version {
  readonly label: string
  readonly url: string
  readonly version: string
}

/** Every version the emulator answers to, oldest first. */
export function versions(): Version[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => {
    const number = OLDEST + index
    return { label: labelOf(number), url: `/services/data/v${number}.0`, version: `${number}.0` }
  })
}

/** Refuses a version that the emulator does not answer to, as Salesforce refuses one it does not know. */
export function checkVersion(version: string | undefined): void {
  const number = Number(version)
  if (/^\d+\.0$/.test(version ?? '') && number >= OLDEST && number <= NEWEST) return
  throw new WireError(404, { message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' })
}

/** The first parts of the roads below a version, each with its path; a resource that came later is not among them. */
export function resources(urls: readonly string[], version: string): Record<string, string> {
  const names = urls.map((url) => BELOW_VERSION.exec(url)?.[1]).filter((name) => name !== undefined)
  const known = [...new Set(names)].filter((name) => Number(version) >= (FIRST_VERSIONS[name] ?? OLDEST))
  return Object.fromEntries(known.sort().map((name) => [name, `/services/data/v${version}/${name}`]))
}

const BELOW_VERSION = /^\/services\/data\/v:version\/(\w+)/

/** Versions with which resources came that the oldest one has not. */
const FIRST_VERSIONS: Readonly<Record<string, number>> = { composite: 34 }

/** 30.0 was Spring '14; three releases follow each other every year, Winter under the name of the next one. */
function labelOf(number: number): string {
  const releases = number - 30
  const season = SEASONS[releases % 3]
  const year = 14 + Math.floor(releases / 3) + (season === 'Winter' ? 1 : 0)
  return `${season} '${year}`
}
