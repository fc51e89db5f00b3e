import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UserAccount } from '../org/user-accounts.ts'
import { userProblem } from '../org/user-problem.ts'
import type { CustomSchema } from '../schema/custom-schema.ts'
import { customSchemaProblem } from '../schema/custom-schema-problem.ts'
import { isObjectDescribe } from '../schema/described-object.ts'
import type { SeedRecords } from '../seed/records.ts'

/** A file that cannot be used; the message is one sentence that names it. */
export class UnreadableFile extends Error {
  override readonly name: string = 'UnreadableFile'
}

/** The describes in the `.json` files of a folder. */
export function readDescribes(folder: string): unknown[] {
  const files = readable(folder, () => readdirSync(folder)).filter((name) => name.endsWith('.json'))
  if (files.length === 0) throw new UnreadableFile(`${folder} holds no describe: there is no file *.json in it.`)
  return files.sort().map((name) => {
    const file = join(folder, name)
    const content = readJson(file)
    const describe = isObject(content) && isObject(content.result) ? content.result : content
    if (isObjectDescribe(describe)) return describe
    throw new UnreadableFile(
      `${file} is no describe: it must hold an answer of sobjects/{object}/describe, an object with a name and a list of fields.`,
    )
  })
}

/** The custom objects and fields in a JSON file. */
export function readSchema(file: string): CustomSchema {
  const schema = readJson(file)
  const problem = customSchemaProblem(schema)
  if (problem) throw new UnreadableFile(`${file} ${problem}.`)
  return schema as CustomSchema
}

/** The records to start with in a JSON file. */
export function readSeed(file: string): SeedRecords {
  const seed = readJson(file)
  if (!isObject(seed)) throw new UnreadableFile(`${file} must hold lists of records: {"Account": [{"Name": "Acme"}]}.`)
  return seed as SeedRecords
}

/** The users in a JSON file. */
export function readUsers(file: string): UserAccount[] {
  const users = readJson(file)
  if (!Array.isArray(users)) {
    throw new UnreadableFile(`${file} must hold a list of users: [{"username": "a@b.example", "password": "secret"}].`)
  }
  for (const [index, user] of users.entries()) {
    const problem = userProblem(user)
    if (problem) throw new UnreadableFile(`${file} has an entry [${index}] that makes no sense: ${problem}.`)
  }
  return users as UserAccount[]
}

function readJson(file: string): unknown {
  const text = readable(file, () => readFileSync(file, 'utf8'))
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UnreadableFile(`${file} is not JSON: ${(error as Error).message}.`)
  }
}

function readable<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UnreadableFile(`${path} cannot be read: ${REASONS[code ?? ''] ?? message}.`)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not',
  EISDIR: 'it is a folder',
  ENOENT: 'there is none',
  ENOTDIR: 'it is no folder',
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
