import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ActionParameter, ActionType, InvocableAction } from '../actions/action.ts'
import type { ApexResource } from '../apex/apex-resource.ts'
import type { ApprovalProcess } from '../approvals/approval-process.ts'
import { InvalidOption } from '../invalid-option.ts'
import type { ListView } from '../list-views/list-view.ts'
import type { QuickAction } from '../quick-actions/quick-action.ts'
import type { ReportDefinition } from '../reports/report-definition.ts'
import type { OrgMetadata } from './metadata.ts'

/**
 * An invocable action in a JSON file: it does nothing but answer. In the texts of `returns`, `{name}` stands for an input;
 * a text that is nothing else becomes the input's value as it is.
 */
interface JsonAction {
  readonly type: ActionType
  readonly name: string
  readonly label?: string
  readonly description?: string
  readonly inputs?: readonly ActionParameter[]
  readonly outputs?: readonly ActionParameter[]
  readonly returns?: Readonly<Record<string, unknown>>
}

/** An Apex REST class in a JSON file: what each of its methods answers, always the same. */
interface JsonApex {
  readonly urlMapping: string
  readonly get?: unknown
  readonly post?: unknown
  readonly put?: unknown
  readonly patch?: unknown
  readonly delete?: unknown
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** The properties that an entry of each list cannot be without. */
const NEEDED: Readonly<Record<keyof OrgMetadata, readonly string[]>> = {
  actions: ['type', 'name'],
  apex: ['urlMapping'],
  approvalProcesses: ['name', 'object'],
  listViews: ['name', 'object', 'columns'],
  quickActions: ['name', 'type'],
  reports: ['name', 'object', 'columns'],
}

/**
 * Reads metadata from a file: a module (TypeScript or JavaScript) that exports it as `metadata`, or JSON with the lists
 * `actions`, `apex`, `approvalProcesses`, `listViews`, `quickActions` and `reports`. Rejects with an error that names the file and what is wrong with it.
 */
export async function loadMetadata(path: string): Promise<Partial<OrgMetadata>> {
  const metadata = await load(path)
  const problem = metadataProblem(metadata)
  if (problem) throw new InvalidOption('metadata', `${path} ${problem}`)
  if (!path.endsWith('.json')) return metadata as Partial<OrgMetadata>
  return fromJson(path, metadata as Record<string, readonly object[]>)
}

/** What keeps a value from being metadata, in words that follow its name; undefined where nothing does. */
export function metadataProblem(metadata: unknown): string | undefined {
  const lists = Object.keys(NEEDED).join(', ')
  if (!isObject(metadata)) return `must hold an object of lists (${lists})`
  for (const [name, list] of Object.entries(metadata)) {
    const needed = Object.hasOwn(NEEDED, name) ? NEEDED[name as keyof OrgMetadata] : undefined
    if (!needed) return `has ${name}, which is none of ${lists}`
    if (!Array.isArray(list)) return `has ${name} that is no list`
    for (const [index, entry] of list.entries()) {
      const missing = needed.find((property) => !isObject(entry) || entry[property] === undefined)
      if (missing) return `has ${name}[${index}] without ${missing}`
    }
  }
  return undefined
}

async function load(path: string): Promise<unknown> {
  try {
    if (path.endsWith('.json')) return JSON.parse(await readFile(path, 'utf8'))
    return ((await import(pathToFileURL(resolve(path)).href)) as { metadata?: unknown }).metadata
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const [reason] = (code === 'ENOENT' ? 'there is none' : message).split('\n')
    throw new InvalidOption('metadata', `${path} cannot be read as metadata: ${reason}`, error)
  }
}

function fromJson(path: string, lists: Readonly<Record<string, readonly object[]>>): Partial<OrgMetadata> {
  return {
    actions: ((lists.actions ?? []) as readonly JsonAction[]).map(actionOf),
    apex: ((lists.apex ?? []) as readonly JsonApex[]).map((entry) => apexOf(path, entry)),
    approvalProcesses: (lists.approvalProcesses ?? []) as readonly ApprovalProcess[],
    listViews: (lists.listViews ?? []) as readonly ListView[],
    quickActions: (lists.quickActions ?? []) as readonly QuickAction[],
    reports: (lists.reports ?? []) as readonly ReportDefinition[],
  }
}

function actionOf({ returns, ...action }: JsonAction): InvocableAction {
  return {
    ...action,
    invoke: (input) =>
      returns && Object.fromEntries(Object.entries(returns).map(([name, value]) => [name, filledIn(value, input)])),
  }
}

function filledIn(value: unknown, input: Readonly<Record<string, unknown>>): unknown {
  if (typeof value !== 'string') return value
  const whole = /^\{(\w+)\}$/.exec(value)?.[1]
  if (whole !== undefined) return input[whole] ?? null
  return value.replace(/\{(\w+)\}/g, (_text, name: string) => String(input[name] ?? ''))
}

function apexOf(path: string, { urlMapping, ...answers }: JsonApex): ApexResource {
  const unknown = Object.keys(answers).find((name) => !METHODS.some((method) => method === name))
  if (unknown !== undefined)
    throw new InvalidOption('metadata', `${path}: ${urlMapping} has no method ${unknown} (${METHODS.join(', ')})`)
  const methods = Object.entries(answers).map(([method, answer]) => [method, () => answer])
  return { urlMapping, ...Object.fromEntries(methods) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
