/** Longest values of the fields of a User (recorded: `fcnet-describe-user`). */
const LONGEST: Readonly<Record<string, number>> = { username: 80, firstName: 40, lastName: 80, email: 128 }

const KNOWN = ['username', 'password', 'securityToken', 'firstName', 'lastName', 'email', 'bulkApiHardDelete'] as const

/** What keeps a value from being a {@link UserAccount}, in words that name the property; undefined where nothing does. */
export function userProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return NEEDS
  const user = value as Record<string, unknown>
  const unknown = Object.keys(user).find((name) => !KNOWN.some((known) => known === name))
  if (unknown !== undefined) return `a user has no ${unknown}; it takes ${KNOWN.join(', ')}`
  if (!isText(user.username) || !isText(user.password)) return NEEDS
  const { bulkApiHardDelete, ...texts } = user
  if (bulkApiHardDelete !== undefined && typeof bulkApiHardDelete !== 'boolean') {
    return 'bulkApiHardDelete of a user must be true or false'
  }
  const wrong = Object.entries(texts).find(([, text]) => text !== undefined && typeof text !== 'string')
  if (wrong) return `${wrong[0]} of a user must be text`
  const long = Object.entries(texts).find(([name, text]) => String(text).length > (LONGEST[name] ?? Infinity))
  return long && `${long[0]} of a user must have at most ${LONGEST[long[0]]} characters`
}

const NEEDS = 'a user needs {"username": text, "password": text}'

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
