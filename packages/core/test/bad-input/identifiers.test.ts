import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigurationError } from '@forcewire/core/portable'
import { scriptedOrg } from '../support/scripted-org.ts'
import { badIdentifiers, badKeyValues } from './bad-identifiers.ts'
import { identifierPlaces, keyValuePlaces, memberPlaces, type Place } from './identifiers.ts'
import { id } from './rows.ts'

const { salesforce, requests } = scriptedOrg([{ json: {} }])

/** What is wrong about how a place treats a value; `undefined` when nothing is. */
async function complaint(place: Place, wrong: unknown): Promise<string | undefined> {
  const before = requests.length
  const error = await (async () => place(wrong as never))().then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (requests.length > before) return 'sends a request'
  if (error === undefined) return 'is taken'
  if (error instanceof ConfigurationError) return undefined
  return `fails with ${error instanceof Error ? error.stack : typeof error}`
}

async function complaints(place: Place, names: readonly string[]): Promise<readonly string[]> {
  const found = names.map(async (what) => [what, await complaint(place, badIdentifiers[what])] as const)
  return (await Promise.all(found)).filter(([, said]) => said !== undefined).map((entry) => entry.join(' '))
}

/** A place that refuses what is right as well would prove nothing. */
async function assertTakesOne(place: Place): Promise<void> {
  const said = await Promise.all(good.map((right) => complaint(place, right)))
  assert.ok(
    said.some((one) => one !== undefined),
    'refuses what is right',
  )
}

const good = ['Key__c', 'Account', id, 'Order__e']
const all = Object.keys(badIdentifiers)

describe('what names nothing is refused before any request as', () => {
  for (const [name, place] of Object.entries(identifierPlaces(salesforce))) {
    it(name, async () => {
      assert.deepEqual(await complaints(place, all), [])
      await assertTakesOne(place)
    })
  }
})

describe('what no field can be called is refused before any request as', () => {
  // Of a member it is the text 'null'.
  const texts = all.filter((what) => what !== 'null')
  for (const [name, place] of Object.entries(memberPlaces(salesforce))) {
    it(name, async () => {
      assert.deepEqual(await complaints(place, texts), [])
      await assertTakesOne(place)
    })
  }
})

describe('what no address can hold is refused as the value of an external ID, before any request, by', () => {
  for (const [name, place] of Object.entries(keyValuePlaces(salesforce))) {
    it(name, async () => {
      assert.deepEqual(await complaints(place, badKeyValues), [])
      await assertTakesOne(place)
    })
  }
})
