import type { ApexCall, ApexMethod, ApexResource } from './apex-resource.ts'

const echo: ApexMethod = ({ rest, query, body }: ApexCall) => ({ path: rest, query, body: body ?? null })

/** Gives back what it is sent, whatever the method. */
const echoResource: ApexResource = {
  urlMapping: '/forcewire/echo/*',
  get: echo,
  post: echo,
  put: echo,
  patch: echo,
  delete: () => undefined,
}

/** Lists accounts by the beginning of their names, and creates one. */
const accountsResource: ApexResource = {
  urlMapping: '/forcewire/accounts',
  get: ({ query }, org) => {
    const text = (query.name ?? '').replace(/[\\'%_]/g, '\\$&')
    return org.query(`SELECT Id, Name FROM Account WHERE Name LIKE '${text}%' ORDER BY Name LIMIT 200`)
  },
  post: ({ body }, org) => org.create('Account', body as Record<string, unknown>),
}

/** The Apex REST classes that every emulated org has. */
export const DEMO_APEX: readonly ApexResource[] = [echoResource, accountsResource]
