import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { ApiError, PartialFailureError, type Salesforce, SalesforceError, TransportError } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { hastyClient, underFire } from './misfortunes.ts'

/** Saves records of these names, each of them once. */
interface Write {
  readonly names: number
  readonly object?: string
  readonly nameField?: string
  run(salesforce: Salesforce, names: readonly string[]): Promise<readonly unknown[]>
}

const rows = (names: readonly string[]): { Name: string }[] => names.map((Name) => ({ Name }))
const file = { object: 'ContentVersion', nameField: 'Title', names: 1 } as const

async function* bytes(): AsyncGenerator<Uint8Array> {
  for (let part = 0; part < 3; part += 1) yield new Uint8Array(100_000).fill(65)
}

const writes: Readonly<Record<string, Write>> = {
  'a create': { names: 1, run: async (s, [Name]) => [await s.sobject('Account').create({ Name })] },
  'an upsert': {
    names: 1,
    run: async (s, [Name = '']) => [await s.sobject('Account').upsert({ External_Id__c: Name }, { Name })],
  },
  'collections that create': { names: 450, run: (s, names) => s.collections('Account').create(rows(names)) },
  'collections that create in order': {
    names: 450,
    run: (s, names) => s.collections('Account').create(rows(names), { parallelCalls: 1 }),
  },
  'collections that create all or none': {
    names: 450,
    run: (s, names) => s.collections('Account').create(rows(names), { allOrNone: true }),
  },
  'collections that upsert': {
    names: 450,
    run: (s, names) =>
      s.collections('Account').upsert(
        'External_Id__c',
        names.map((Name) => ({ Name, External_Id__c: Name })),
      ),
  },
  'a composite': {
    names: 10,
    run: (s, names) => {
      const composite = s.composite({ allOrNone: true })
      for (const Name of names) composite.sobject('Account').create({ Name })
      return composite.send()
    },
  },
  'a batch of several calls': {
    names: 60,
    run: (s, names) => {
      const batch = s.batch()
      for (const Name of names) batch.sobject('Account').create({ Name })
      return batch.send()
    },
  },
  'a batch that halts': {
    names: 60,
    run: (s, names) => {
      const batch = s.batch({ haltOnError: true })
      for (const Name of names) batch.sobject('Account').create({ Name })
      return batch.send()
    },
  },
  'graphs of several calls': {
    names: 160,
    run: (s, names) => {
      const graphs = s.graph()
      for (const Name of names) graphs.add().sobject('Account').create({ Name })
      return graphs.send()
    },
  },
  'trees of several calls': {
    names: 150,
    run: (s, names) =>
      s.tree('Account').create(names.map((Name) => ({ Name, Contacts: [{ LastName: 'a' }, { LastName: 'b' }] }))),
  },
  'a file': {
    ...file,
    run: async (s, [title = '']) => [await s.files.upload({ pathOnClient: 'a.txt', title, data: bytes })],
  },
  'a file from a stream': {
    ...file,
    run: async (s, [title = '']) => [await s.files.upload({ pathOnClient: 'a.txt', title, data: bytes() })],
  },
  'a flow': {
    names: 3,
    object: 'Task',
    nameField: 'Subject',
    run: (s, names) =>
      s.flows.invoke(
        'Forcewire_Demo_Flow',
        names.map((name) => ({ personName: name })),
      ),
  },
  'an Apex class': {
    names: 1,
    run: async (s, [Name]) => [{ success: (await s.apex.post('forcewire/accounts', { Name })) !== undefined }],
  },
}

/** What a result of any family says of its part. */
function isSaved(result: unknown): boolean {
  const facts = result as Partial<Record<'success' | 'ok' | 'isSuccessful' | 'isSuccess', boolean>>
  return facts.success ?? facts.ok ?? facts.isSuccessful ?? facts.isSuccess ?? 'id' in (result as object)
}

function isInDoubt(result: unknown): boolean {
  return (result as { readonly outcome?: string }).outcome === 'unknown'
}

/** Whether an error leaves open what became of what was sent. */
function leavesOpen(error: unknown): boolean {
  return error instanceof ApiError ? error.status >= 500 : !(error instanceof TransportError && !error.sent)
}

describe('a write, one of whose calls meets misfortune,', () => {
  let emulator: Emulator
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
  })
  after(() => emulator.close())

  async function savedNames({ object = 'Account', nameField = 'Name' }: Write): Promise<string[]> {
    await using salesforce = hastyClient(emulator)
    const records = await salesforce.query<Record<string, string>>(`SELECT ${nameField} FROM ${object}`).all()
    return records.map((record) => (record[nameField] ?? '').replace(/^Call /, '')).sort()
  }

  for (const [name, write] of Object.entries(writes)) {
    it(`saves nothing twice and tells what it saved: ${name}`, async () => {
      const names = Array.from({ length: write.names }, (_, index) => `row ${index}`)
      const startAnew = async (): Promise<void> => emulator.reset()
      await underFire(emulator, startAnew, async (salesforce, blow) => {
        const outcome = await write.run(salesforce, names).catch((error: unknown) => error)
        const requests = emulator.requests().length
        await turn()
        assert.equal(emulator.requests().length, requests, `${blow?.what}: nothing is sent afterwards`)
        const saved = await savedNames(write)
        const there = new Set(saved)
        assert.equal(saved.length, there.size, `${blow?.what}: nothing is there twice`)
        if (outcome instanceof SalesforceError && !(outcome instanceof PartialFailureError)) {
          assert.ok(there.size === 0 || leavesOpen(outcome), `${blow?.what}: ${outcome}`)
          assert.ok(there.size === 0 || there.size === names.length, `${blow?.what}: ${there.size} saved, none told`)
          return
        }
        const results: readonly unknown[] = outcome instanceof PartialFailureError ? outcome.results : (outcome as [])
        assert.equal(results.length, names.length, `${blow?.what}: a result for each`)
        names.forEach((key, index) => {
          const result = results[index]
          if (isInDoubt(result)) assert.ok(outcome instanceof PartialFailureError)
          else assert.equal(isSaved(result), there.has(key), `${blow?.what}: ${key}`)
        })
      })
    })
  }
})
