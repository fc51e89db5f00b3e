import assert from 'node:assert/strict'
import { ConfigurationError } from '@forcewire/core/portable'
import { type BadValue, badValues } from './bad-values.ts'
import type { Parameter, Row } from './parameter.ts'

/** One call with one wrong value in it. */
interface WrongCall {
  readonly what: string
  readonly option: string
  readonly bad: BadValue
  readonly given: readonly unknown[]
}

/** Every call of a row in which one parameter or option is wrong. */
export function* wrongCalls({ parameters }: Row): Generator<WrongCall> {
  const valid = parameters.map((parameter) => parameter.valid)
  for (const [position, parameter] of parameters.entries()) {
    for (const [bad, { make }] of Object.entries(badValues) as [BadValue, { make(): unknown }][]) {
      const members = [{ member: parameter, place: (value: unknown) => value, path: `[${position}]` }]
      for (const member of parameter.options ?? []) {
        const place = (value: unknown): unknown => withMember(parameter.valid, member.name, value)
        members.push({ member, place, path: `[${position}].${member.name}` })
      }
      for (const { member, place, path } of members) {
        if (member.takes.includes(bad)) continue
        yield { what: `${path} = ${bad}`, option: lastName(member), bad, given: valid.with(position, place(make())) }
      }
    }
  }
}

/** What is wrong about how a row answers a wrong call; `undefined` when nothing is. */
export async function complaint(row: Row, { option, bad, given }: WrongCall): Promise<string | undefined> {
  let error: unknown
  let atOnce = false
  try {
    const result = row.call(...(given as never[]))
    try {
      await result
    } catch (reason) {
      error = reason
    }
  } catch (reason) {
    error = reason
    atOnce = true
  }
  if (error === undefined) return 'is taken'
  if (!(error instanceof ConfigurationError))
    return `fails with ${error instanceof Error ? error.stack?.split('\n').slice(0, 3).join(' | ') : typeof error}`
  if (atOnce !== (row.atOnce ?? false))
    return atOnce ? 'throws at once instead of rejecting' : 'rejects instead of throwing at once'
  const { message } = error
  if (/hunter2 is secret/.test(message)) return `repeats a text: ${message}`
  if (!message.includes(option)) return `does not name ${option}: ${message}`
  if (!badValues[bad].said.test(message)) return `does not say what the value is: ${message}`
  return undefined
}

/** @throws AssertionError that lists each wrong call which is not refused as it must be. */
export async function checkRow(row: Row, sent: () => number): Promise<void> {
  const complaints: string[] = []
  for (const wrong of wrongCalls(row)) {
    const before = sent()
    const found = (await complaint(row, wrong)) ?? (sent() > before ? 'sends a request' : undefined)
    if (found !== undefined) complaints.push(`${wrong.what} ${found}`)
  }
  assert.deepEqual(complaints, [])
}

function lastName({ name }: Parameter): string {
  return name.split('.').at(-1) as string
}

function withMember(options: unknown, name: string, value: unknown): object {
  const [outer, inner] = name.split('.') as [string, string | undefined]
  return { ...(options as object), [outer]: inner === undefined ? value : { [inner]: value } }
}
