import { freePort } from './free-port.ts'
import type { N8nHome } from './n8n-home.ts'
import { type Child, startNode } from './process.ts'

/** The owner that is set up in each temporary n8n, printed for whoever wants to look around. */
export const n8nOwner: { readonly email: string; readonly password: string } = {
  email: 'owner@forcewire.example',
  password: 'Forcewire-demo-1',
}

/** A finished or running execution, as the public API gives it. */
export interface N8nExecution {
  readonly id: string
  readonly status: string
  readonly finished: boolean
  readonly data?: {
    readonly resultData: {
      readonly runData: Readonly<Record<string, readonly N8nNodeRun[]>>
      readonly error?: N8nError
    }
  }
}

/** One run of one node. */
export interface N8nNodeRun {
  readonly data?: { readonly main: readonly (readonly { readonly json: Record<string, unknown> }[] | null)[] }
  readonly error?: N8nError
}

/** What a node threw, as n8n stores it. */
export interface N8nError {
  readonly message: string
  readonly description?: string | null
  readonly node?: { readonly name?: string }
}

/** n8n as a process of its own, with an owner and a key to its public API. */
export interface N8nProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: the editor and both APIs. */
  readonly url: string
  readonly child: Child
  /** Activates a workflow; its polling triggers poll once, at once. */
  activate(workflowId: string): Promise<void>
  deactivate(workflowId: string): Promise<void>
  /** Executions of a workflow with their data, newest first. */
  executions(workflowId: string): Promise<N8nExecution[]>
}

/** Starts n8n on a free loopback port, waits until it is healthy and sets up the owner. */
export async function startN8n(home: N8nHome, signal?: AbortSignal): Promise<N8nProcess> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = startNode({
    name: 'n8n',
    command: home.installation.node,
    args: [home.installation.program, 'start'],
    cwd: home.folder,
    env: { ...home.env, N8N_PORT: String(port), N8N_RUNNERS_BROKER_PORT: String(await freePort()) },
  })
  try {
    // The first start migrates the database.
    await child.ready(() => healthy(url), { timeout: 180_000, ...(signal === undefined ? {} : { signal }) })
    const key = await child.ready(() => apiKey(url), signal === undefined ? {} : { signal })
    const api = (method: string, road: string): Promise<unknown> =>
      request(`${url}/api/v1/${road}`, { method, headers: { 'x-n8n-api-key': key } }).then(({ body }) => body)
    return {
      url,
      child,
      activate: async (id) => void (await api('POST', `workflows/${id}/activate`)),
      deactivate: async (id) => void (await api('POST', `workflows/${id}/deactivate`)),
      executions: async (id) => {
        const page = (await api('GET', `executions?workflowId=${id}&includeData=true`)) as { data: N8nExecution[] }
        return page.data
      },
      [Symbol.asyncDispose]: () => child.stop(),
    }
  } catch (error) {
    await child.stop()
    throw error
  }
}

async function healthy(url: string): Promise<true | undefined> {
  const { body } = await request(`${url}/healthz`)
  return (body as { status?: string }).status === 'ok' ? true : undefined
}

/** Sets up the owner (once; later calls are refused, so it logs in instead) and makes a key for the public API. */
async function apiKey(url: string): Promise<string> {
  const cookie = await logIn(url)
  const scopes = [
    'workflow:read',
    'workflow:list',
    'workflow:update',
    'workflow:activate',
    'workflow:deactivate',
    'execution:read',
    'execution:list',
  ]
  const label = `demo ${Date.now()}`
  const { body } = await post(`${url}/rest/api-keys`, { label, expiresAt: null, scopes }, { cookie })
  return (body as { data: { rawApiKey: string } }).data.rawApiKey
}

async function logIn(url: string): Promise<string> {
  const owner = { ...n8nOwner, firstName: 'Forcewire', lastName: 'Demo' }
  const login = { emailOrLdapLoginId: n8nOwner.email, password: n8nOwner.password }
  const { cookie } = await post(`${url}/rest/owner/setup`, owner).catch(() => post(`${url}/rest/login`, login))
  return cookie
}

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const type = { 'content-type': 'application/json' }
  return request(url, { method: 'POST', headers: { ...type, ...headers }, body: JSON.stringify(body) })
}

interface Answer {
  readonly body: unknown
  readonly cookie: string
}

async function request(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init)
  const text = await response.text()
  const road = `${init.method ?? 'GET'} ${new URL(url).pathname}`
  if (!response.ok) throw new Error(`n8n refused ${road}: ${response.status} ${text.slice(0, 500)}`)
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  return { body: JSON.parse(text) as unknown, cookie }
}
