import type { Answer } from '../support/harness.ts'
import { recordedDescribe } from '../support/recorded.ts'
import type { Exchange, Exchanges } from './asked-org.ts'

interface Named {
  readonly name: string
}

/** An object as the list of all objects tells of it. */
interface Listed extends Named {
  readonly urls: Readonly<Record<string, string>>
}

/** Describes: dropped into the org, they come back as they were. */
export const describes: Exchanges = {
  'cci-describe-case': dropped('cci-describe-case'),
  'cci-describe-contact': dropped('cci-describe-contact'),
  'cci-describe-personaccount': dropped('cci-describe-personaccount'),
  'fcnet-describe-user': dropped('fcnet-describe-user'),
  'nango-describe-account-v58': dropped('nango-describe-account-v58'),
  'sss-describe-account': dropped('sss-describe-account'),
  'cci-describe-global': { ask: askForShared, compared: sharedObjects },
  'sss-describe-global': { ask: askForShared, compared: sharedObjects },
}

function dropped(id: string): Exchange {
  return {
    org: () => ({ describes: [recordedDescribe(id)] }),
    ask: async (org) => {
      const { name, fields, childRelationships } = org.answer
      const answer = await org.send('GET', `/services/data/v58.0/sobjects/${name}/describe`)
      return withBody(answer, {
        ...pick(answer.json, Object.keys(org.answer)),
        // Fields and children that the demo org has come behind the described ones.
        fields: answer.json.fields.slice(0, fields.length).map(pickedLike(fields[0])),
        childRelationships: answer.json.childRelationships
          .slice(0, childRelationships.length)
          .map(pickedLike(childRelationships[0])),
      })
    },
    compared: (recorded) => ({ ...recorded, urls: coveredUrls(recorded.urls) }),
  }
}

/** Asks for all objects and keeps those that the recorded org has, too. */
async function askForShared(org: Parameters<Exchange['ask']>[0]): Promise<Answer> {
  const answer = await org.ask()
  const recorded: readonly Listed[] = org.answer.sobjects
  const names = new Set(recorded.map(({ name }) => name))
  const shared = answer.json.sobjects.filter(({ name }: Named) => names.has(name))
  return withBody(answer, { ...answer.json, sobjects: shared.map(pickedLike(recorded[0] ?? {})) })
}

function sharedObjects(recorded: { sobjects: readonly Listed[] }, here: { sobjects: readonly Named[] }): object {
  const names = new Map(here.sobjects.map(({ name }, index) => [name, index]))
  const shared = recorded.sobjects.filter(({ name }) => names.has(name))
  shared.sort((one, other) => (names.get(one.name) ?? 0) - (names.get(other.name) ?? 0))
  return { ...recorded, sobjects: shared.map((object) => ({ ...object, urls: coveredUrls(object.urls) })) }
}

/** Layouts, quick actions, list views and the pages of an object are not covered: the emulator does not send clients there. */
function coveredUrls(urls: Readonly<Record<string, string>>): object {
  return pick(urls, ['sobject', 'describe', 'rowTemplate'])
}

/** Later versions of the API say more of everything. */
function pickedLike(recorded: object): (entry: object) => object {
  return (entry) => pick(entry, Object.keys(recorded))
}

function pick(object: object, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)))
}

function withBody(answer: Answer, json: object): Answer {
  return { ...answer, json, text: JSON.stringify(json) }
}
