import type { TestContext } from 'node:test'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.ts'

/** A clock that stands still until it is told to move. */
export interface TestClock {
  now(): number
  /** Moves the time on by so many milliseconds. */
  advance(milliseconds: number): void
}

/** A clock that begins at noon (UTC) of the first day of 2026. */
export function testClock(): TestClock {
  let time = Date.UTC(2026, 0, 1, 12)
  return {
    now: () => time,
    advance(milliseconds) {
      time += milliseconds
    },
  }
}

/** An emulator that lives as long as the test. */
export async function startEmulator(t: TestContext, options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator(options)
  t.after(() => emulator.close())
  return emulator
}

/** What an answer looked like; `json` is the parsed body, undefined when there is none or it is not JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly json: any
}

/** Sends one request; a plain object as `body` goes as JSON, and the ready session comes along unless `token` says otherwise. */
export async function send(
  emulator: Emulator,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; token?: string | null } = {},
): Promise<Answer> {
  const { body, token = emulator.credentials.accessToken } = options
  const headers = new Headers(options.headers)
  if (token !== null) headers.set('authorization', `Bearer ${token}`)
  const raw = body === undefined || typeof body === 'string' || body instanceof URLSearchParams
  if (!raw) headers.set('content-type', 'application/json')
  const response = await fetch(emulator.url + path, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
}

/** Data road of the newest version. */
export function data(path: string): string {
  return `/services/data/v67.0${path}`
}
