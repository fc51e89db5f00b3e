import { describe, it } from 'node:test'
import { scriptedOrg } from '../support/scripted-org.ts'
import { methodRows } from './methods.ts'
import { checkRow } from './sweep.ts'

describe('wrong input is refused before any request, and the error names option and value, by', () => {
  const { salesforce, requests } = scriptedOrg([{ json: {} }])
  for (const [name, row] of Object.entries(methodRows(salesforce))) {
    it(name, () => checkRow(row, () => requests.length))
  }
})
