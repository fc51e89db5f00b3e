import assert from 'node:assert/strict'
import type { Answer } from '../support/harness.ts'
import { recordedDescribe } from '../support/recorded.ts'
import type { AskedOrg, Exchanges } from './asked-org.ts'
import { LEFT_OUT } from './left-out.ts'

/** What an org tells of itself: limits, resources, objects. */
export const orgAnswers: Exchanges = {
  'cci-limits-021': {
    ask: async (org) => {
      await org.create('Account', [{ Name: 'A' }, { Name: 'B' }, { Name: 'C' }])
      return org.ask()
    },
  },
  'nango-limits-v60': { ask: (org) => org.ask() },
  'swiftly-limits': { ask: (org) => org.ask() },
  'doc-304-describe': {
    org: () => ({
      schema: { objects: [{ name: 'Merchandise__c' }] },
      clock: { now: () => Date.UTC(2013, 6, 3, 19, 43) },
    }),
    ask: (org) => org.ask({ headers: { 'if-modified-since': 'Wed, 3 Jul 2013 19:43:31 GMT' } }),
  },
  'nango-quickactions-list': { ask: (org) => org.ask() },
  'nango-quickaction-defaults': { ask: (org) => org.ask() },
  'restforce-listview-results': {
    org: () => ({ describes: [recordedDescribe('nango-describe-account-v58')] }),
    ask: askForMyAccounts,
  },
  'vcr-service-root': { ask: askForResources },
}

/** A resource that only the recorded org lists is a road that the emulator refuses loudly. */
async function askForResources(org: AskedOrg): Promise<Answer> {
  for (const name of LEFT_OUT['vcr-service-root']?.missing ?? []) {
    assert.equal((await org.send('GET', `/services/data/v41.0/${name}`)).status, 501, name)
  }
  return org.ask()
}

/** The path of the sample says Case and stops at the first characters of an Id; list views came with v32.0. */
async function askForMyAccounts(org: AskedOrg): Promise<Answer> {
  const { columns, records } = org.answer
  const cells: { fieldNameOrPath: string; value: unknown }[] = records[0].columns
  const shown = columns.filter(({ hidden }: { hidden: boolean }) => !hidden)
  const values = new Map(cells.map(({ fieldNameOrPath, value }) => [fieldNameOrPath, value]))
  await org.becomeUser({ attributes: { type: 'User' }, Alias: values.get('Owner.Alias') })
  const own = shown
    .map(({ fieldNameOrPath }: { fieldNameOrPath: string }) => fieldNameOrPath)
    .filter((path: string) => !path.includes('.'))
  await org.create('Account', [Object.fromEntries(own.map((path: string) => [path, values.get(path)]))])
  const { json } = await org.send('GET', '/services/data/v32.0/sobjects/Account/listviews')
  const { resultsUrl } = json.listviews.find(
    ({ developerName }: { developerName: string }) => developerName === 'MyAccounts',
  )
  return org.ask({ path: resultsUrl })
}
