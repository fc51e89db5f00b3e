import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CustomSchema } from '../schema/custom-schema.ts'

/** The describes in the `.json` files of a folder. Throws an error that names the file at fault. */
export function readDescribes(folder: string): unknown[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return files.sort().map((name) => readJson(join(folder, name)))
}

/** The custom objects and fields in a JSON file. Throws an error that names it. */
export function readSchema(file: string): CustomSchema {
  return readJson(file) as CustomSchema
}

function readJson(file: string): unknown {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
