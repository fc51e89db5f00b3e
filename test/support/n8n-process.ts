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
  /** Runs a workflow from its manual trigger, as the editor's button does. Answers the execution's id at once. */
  run(workflowId: string, trigger: string): Promise<string>
  /** One execution with its data; that of a running one is there when it ends. */
  execution(id: string): Promise<N8nExecution>
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
    await child.ready(() => healthy(url), { timeout: 300_000, ...(signal === undefined ? {} : { signal }) })
    const cookie = await child.ready(() => logIn(url), signal === undefined ? {} : { signal })
    const key = await apiKey(url, cookie)
    const api = (method: string, road: string): Promise<unknown> =>
      request(`${url}/api/v1/${road}`, { method, headers: { 'x-n8n-api-key': key } }).then(({ body }) => body)
    return {
      url,
      child,
      activate: async (id) => void (await api('POST', `workflows/${id}/activate`)),
      deactivate: async (id) => void (await api('POST', `workflows/${id}/deactivate`)),
      run: async (id, trigger) => {
        const { body } = await post(
          `${url}/rest/workflows/${id}/run`,
          { triggerToStartFrom: { name: trigger } },
          { cookie },
        )
        return (body as { data: { executionId: string } }).data.executionId
      },
      execution: async (id) => (await api('GET', `executions/${id}?includeData=true`)) as N8nExecution,
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

/** Makes a key for the public API. */
async function apiKey(url: string, cookie: string): Promise<string> {
  const body = { label: 'demo', expiresAt: null, scopes: [...workflowScopes, ...executionScopes] }
  const answer = await post(`${url}/rest/api-keys`, body, { cookie })
  return (answer.body as { data: { rawApiKey: string } }).data.rawApiKey
}

const workflowScopes = ['read', 'list', 'update', 'activate', 'deactivate'].map((right) => `workflow:${right}`)
const executionScopes = ['read', 'list'].map((right) => `execution:${right}`)

/** Sets up the owner of a fresh n8n and gives the cookie of the session. */
async function logIn(url: string): Promise<string> {
  const owner = { ...n8nOwner, firstName: 'Forcewire', lastName: 'Demo' }
  const { cookie } = await post(`${url}/rest/owner/setup`, owner)
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
