import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import type { Environment } from '../../src/types-command/environment-login.ts'
import { run } from '../../src/types-command/run.ts'
import { complaints } from '../support/compile.ts'
import { loopbackServer } from '../support/loopback-server.ts'
import { recordedCase, recordingsMissing } from '../support/recorded-case.ts'

/** Runs the command in this process. */
async function command(line: string, environment: Environment): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', '']
  const code = await run(line.split(' '), {
    environment,
    print: (text) => {
      out += text
    },
    complain: (text) => {
      err += text
    },
  })
  return { code, out, err }
}

/** What the compiler says of a program that stands beside the types. */
function compiled(types: string, program: string): string[] {
  const head = `import { type ExternalIdOf, hostAuth, type RecordOf, Salesforce } from '@forcewire/core'
import type { Account, Contact, Org } from './salesforce.ts'
export const salesforce = new Salesforce<Org>({ auth: hostAuth() })
`
  // The module's name is looked up from here, as that of any program that depends on core.
  const folder = new URL('.', import.meta.url).pathname
  const files = new Map([
    [`${folder}salesforce.ts`, types],
    [`${folder}program.ts`, head + program],
  ])
  return complaints([...files.keys()], files)
}

describe('the command, against an org', () => {
  let emulator: Emulator
  let environment: Environment
  let folder: string

  before(async () => {
    emulator = await createEmulator()
    const { clientId, clientSecret } = emulator.credentials
    environment = { SF_CLIENT_ID: clientId, SF_CLIENT_SECRET: clientSecret, SF_LOGIN_URL: emulator.url }
    folder = await mkdtemp(join(tmpdir(), 'forcewire-types-'))
  })
  after(async () => {
    await emulator.close()
    await rm(folder, { recursive: true })
  })

  test('prints types with which a right program compiles', async () => {
    const { code, out, err } = await command('types Account Contact User', environment)
    assert.deepEqual([code, err], [0, ''])
    const program = `
      export function name({ Name, Industry }: Pick<RecordOf<Org['Account']>, 'Name' | 'Industry'>): string { return Industry ?? Name }
      export const create: Org['Contact']['create'] = { LastName: 'Lovelace', Account: { External_Id__c: 'A-1' } }
      export const update: Org['Account']['update'] = { Description: null }
      export const key: ExternalIdOf<Org['Account']> = { External_Id__c: 'A-1' }
      export const account = await salesforce.sobject('Account').get(key, { fields: ['Name', 'Industry'] })
      await salesforce.sobject('Account').upsert({ Legacy_Id__c: 'L-1' }, { Name: name({ ...account, ...update }) })
      await salesforce.collections('Contact').create([create])
      for await (const { Account, Owner } of salesforce.query<Contact>('SELECT Account.Name, Owner.Id FROM Contact')) {
        console.log(Account?.Name, Owner?.Id)
      }
      for await (const { Contacts } of salesforce.query<Account>('SELECT (SELECT LastName FROM Contacts) FROM Account')) {
        console.log(Contacts?.records.map(({ LastName }) => LastName))
      }
    `
    assert.deepEqual(compiled(out, program), [])
  })

  test('prints types with which a wrong program does not compile', async () => {
    const { out } = await command('types Account Contact', environment)
    const wrong = [
      "export const lead = salesforce.sobject('Lead')",
      "export const record = (record: RecordOf<Org['Account']>) => record.Nmae",
      "export const create = salesforce.sobject('Contact').create({ FirstName: 'Ada' })",
      "export const read = salesforce.sobject('Account').get('001000000000000AAA', { fields: ['Contacts'] })",
      "export const fixed: Org['Account']['create'] = { Name: 'Acme', CreatedDate: new Date(0) }",
      "export const update: Org['Account']['update'] = { NumberOfEmployees: 'many' }",
      "export const parent: Org['Contact']['create'] = { LastName: 'L', Account: { Nope__c: 'A-1' } }",
      "export const key: ExternalIdOf<Org['Account']> = { Name: 'Acme' }",
      'export const empty = (account: Account, contact: Contact): string => account.Industry + contact.Email.trim()',
    ]
    const found = compiled(out, wrong.join('\n'))
    const lines = wrong.map((_, index) => `program.ts:${index + 4}`)
    assert.deepEqual(
      found.map((complaint) => complaint.split(': ')[0]),
      lines,
      found.join('\n'),
    )
  })

  test('names each object once, as the org writes it, and gives the same text again', async () => {
    const first = await command('types account Contact ACCOUNT', environment)
    assert.match(first.out, /^\/\/ npx @forcewire\/core types Account Contact$/m)
    assert.equal(first.out.match(/^export interface AccountFields /gm)?.length, 1)
    assert.deepEqual(await command('types Account Contact', environment), first)
  })

  test('replaces a file at once and leaves nothing beside it', async () => {
    const file = join(folder, 'salesforce.d.ts')
    await writeFile(file, 'old')
    assert.deepEqual(await command(`types --out ${file} Account`, environment), { code: 0, out: '', err: '' })
    assert.match(await readFile(file, 'utf8'), /export interface Org \{/)
    assert.deepEqual(await readdir(folder), ['salesforce.d.ts'])
  })

  test('keeps the old file when an object is not there, and says which', async () => {
    const file = join(folder, 'kept.d.ts')
    await writeFile(file, 'old')
    const { code, err } = await command(`types --out ${file} Account Acount`, environment)
    assert.deepEqual([code, err], [1, 'The org has no object Acount, or the user may not see it.\n'])
    assert.equal(await readFile(file, 'utf8'), 'old')
    await rm(file)
  })

  test('says that a file cannot be written, and leaves no draft', async () => {
    await mkdir(join(folder, 'taken'))
    const { code, err } = await command(`types --out ${folder}/taken Account`, environment)
    assert.equal(code, 1)
    assert.match(err, /taken cannot be written \(E[A-Z]+\); choose another with --out\.\n$/)
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('.tmp')),
      [],
    )
  })

  test('says that the login was refused, without the secret', async () => {
    const { code, err } = await command('types Account', { ...environment, SF_CLIENT_SECRET: 'WRONG-SECRET' })
    assert.equal(code, 1)
    assert.match(err, /^[^\n]+\n$/)
    assert.doesNotMatch(err, /WRONG-SECRET/)
  })

  test('explains itself: help is no failure, a wrong line is', async () => {
    const help = await command('--help', {})
    assert.deepEqual([help.code, help.err], [0, ''])
    assert.match(help.out, /^Usage: npx @forcewire\/core types/)
    const wrong = await command('types --verbose Account', {})
    assert.deepEqual([wrong.code, wrong.out], [2, ''])
    assert.match(wrong.err, /--verbose[\s\S]*Usage:/)
  })
})

describe('the command, on describes of real orgs', { skip: recordingsMissing }, () => {
  const recorded = {
    Account: 'nango-describe-account-v58',
    Case: 'cci-describe-case',
    Contact: 'cci-describe-contact',
    User: 'fcnet-describe-user',
  }

  test('prints types that compile', async () => {
    await using server = await loopbackServer((request, response) => {
      const name = request.url?.split('/').at(-2) as keyof typeof recorded
      const { body } = recordedCase(recorded[name]).response
      response.setHeader('content-type', 'application/json')
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
    const environment = { SF_ACCESS_TOKEN: 'TOKEN', SF_INSTANCE_URL: server.url }
    const { code, out, err } = await command(`types ${Object.keys(recorded).join(' ')}`, environment)
    assert.deepEqual([code, err], [0, ''])
    const program = `
      export const user: Org['User']['create'] = {
        Username: 'a@example.com', LastName: 'L', Email: 'a@example.com', Alias: 'a', CommunityNickname: 'a',
        TimeZoneSidKey: 'Europe/Berlin', LocaleSidKey: 'de_DE', EmailEncodingKey: 'UTF-8', LanguageLocaleKey: 'de',
      }
      export function city({ BillingAddress }: RecordOf<Org['Account']>): string | null | undefined {
        return BillingAddress?.city
      }
      export const owner: ExternalIdOf<Org['User']> = { Username: 'a@example.com' }
      export function parents(contact: Contact): Account | null | undefined { return contact.ReportsTo?.Account }
    `
    assert.deepEqual(compiled(out, program), [])
  })
})
