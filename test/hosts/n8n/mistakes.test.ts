import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { type INodeExecutionData, NodeApiError } from 'n8n-workflow'
import { type Mistake, mistakes, type PartialLoad, type Refusal } from '../../contract/mistakes.ts'
import { freePort } from '../../support/free-port.ts'
import type { StoredCredential } from './fake-http.ts'
import { actionNode, clientCredentials, fileItem, items } from './setup.ts'

let emulator: Emulator
let nowhere: string
before(async () => {
  nowhere = `http://127.0.0.1:${await freePort()}`
  emulator = await createEmulator({ seed: 'demo' })
})
after(() => emulator.close())

describe('what n8n says about', () => {
  for (const mistake of mistakes) {
    const { expected } = mistake
    it(mistake.name, () => ('loaded' in expected ? handsOut(mistake, expected) : refuses(mistake, expected)))
  }

  it('a node without credentials', async () => {
    await assert.rejects(actionNode('org.limits', {}, { credentials: [] }).execute(), (error) => {
      assert.ok(error instanceof NodeApiError)
      assert.match(error.message, /does not have any credentials set/)
      return true
    })
  })
})

async function refuses(mistake: Mistake, { code, message, description }: Refusal): Promise<void> {
  await assert.rejects(run(mistake), (error) => {
    assert.ok(error instanceof NodeApiError)
    assert.match(error.message, message)
    assert.match(String(error.description), description)
    assert.equal(error.context.errorCode, code)
    assert.doesNotMatch(error.message, /\n| {4}at |\/src\//)
    return true
  })
}

async function handsOut(mistake: Mistake, { loaded, failures }: PartialLoad): Promise<void> {
  const [[summary, ...refused] = []] = await run({ ...mistake, parameters: { ...mistake.parameters, wait: true } })
  const { created, updated } = summary?.json ?? {}
  assert.equal(Number(created) + Number(updated), loaded)
  assert.equal(refused.length, failures.length)
  for (const [index, { errorCode, message }] of failures.entries()) {
    assert.equal(refused[index]?.error?.context.errorCode, errorCode)
    assert.match(String(refused[index]?.error?.message), message)
  }
}

/** Refusals end the execution also where the node has an error output for refused rows: it does not go on by itself. */
function run({ connection, operation, parameters, rows, csv, expected }: Mistake): Promise<INodeExecutionData[][]> {
  const node = actionNode(operation, parameters, {
    credentials: [credentialFor(connection)],
    items: csv === undefined ? items(...(rows ?? [{}])) : [fileItem(csv)],
    ...('loaded' in expected ? { onError: 'continueErrorOutput' as const } : {}),
  })
  return node.execute()
}

function credentialFor(connection: Mistake['connection']): StoredCredential {
  const { type, data } = clientCredentials(emulator)
  if (connection === 'wrong-secret') return { type, data: { ...data, clientSecret: 'not-the-secret' } }
  if (connection === 'unreachable') return { type, data: { ...data, myDomainUrl: nowhere } }
  return { type, data }
}
