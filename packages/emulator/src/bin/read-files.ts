import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UserAccount } from '../org/user-accounts.ts'
import type { CustomSchema } from '../schema/custom-schema.ts'
import type { SeedRecords } from '../seed/records.ts'

/** A file that cannot be used; the message is one sentence that names it. */
export class UnreadableFile extends Error {
  override readonly name: string = 'UnreadableFile'
}

/** The describes in the `.json` files of a folder. */
export function readDescribes(folder: string): unknown[] {
  const files = readable(folder, () => readdirSync(folder)).filter((name) => name.endsWith('.json'))
  if (files.length === 0) throw new UnreadableFile(`${folder} holds no describe: there is no file *.json in it.`)
  return files.sort().map((name) => readJson(join(folder, name)))
}

/** The custom objects and fields in a JSON file. */
export function readSchema(file: string): CustomSchema {
  const schema = readJson(file)
  if (!isObject(schema)) throw new UnreadableFile(`${file} must hold {"objects": [...], "fields": {...}}.`)
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
  if (!Array.isArray(users) || !users.every(isUser)) {
    throw new UnreadableFile(`${file} must hold a list of users: [{"username": "a@b.example", "password": "secret"}].`)
  }
  return users
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

function isUser(value: unknown): value is UserAccount {
  if (!isObject(value) || typeof value.username !== 'string' || typeof value.password !== 'string') return false
  return ['boolean', 'undefined'].includes(typeof value.bulkApiHardDelete)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
