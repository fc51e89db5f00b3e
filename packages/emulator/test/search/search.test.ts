import assert from 'node:assert/strict'
import { after, before, describe, it, test } from 'node:test'
import { createEmulator, type Emulator } from '../../src/index.ts'
import { type Answer, data, send, startEmulator, testClock } from '../support/harness.ts'
import { recordedCase, recordingsMissing } from '../support/recorded.ts'

const sosl = (text: string): string => data(`/search?q=${encodeURIComponent(text)}`)

describe('SOSL', () => {
  let emulator: Emulator
  before(async () => {
    emulator = await createEmulator({ clock: testClock() })
    const create = (object: string, body: object): Promise<Answer> =>
      send(emulator, 'POST', data(`/sobjects/${object}`), { body })
    const { json: acme } = await create('Account', { Name: 'Acme Corp', Phone: '(555) 123-4567', Site: 'Köln' })
    await create('Account', { Name: 'Other', Description: 'a rival of acme' })
    await create('Contact', {
      FirstName: 'Jon',
      LastName: 'Acme-Miller',
      Email: 'jon@acme.example',
      AccountId: acme.id,
    })
    await create('Contact', { FirstName: 'John', LastName: 'Smith', Email: 'smith@other.example' })
  })
  after(() => emulator.close())

  const find = async (text: string): Promise<string[]> => {
    const { status, json } = await send(emulator, 'GET', sosl(text))
    assert.equal(status, 200, JSON.stringify(json))
    return json.searchRecords.map((record: { Name?: string; Id: string }) => record.Name ?? record.Id)
  }

  const FOUND: [sentence: string, text: string, names: string[]][] = [
    [
      'any field of any object',
      'FIND {acme} RETURNING Account(Name), Contact(Name)',
      ['Acme Corp', 'Other', 'Jon Acme-Miller'],
    ],
    ['only names', 'FIND {acme} IN NAME FIELDS RETURNING Account(Name)', ['Acme Corp']],
    ['only e-mail addresses', 'FIND {jon@acme.example} IN EMAIL FIELDS RETURNING Contact(Name)', ['Jon Acme-Miller']],
    ['telephone numbers by their digits', 'FIND {5551234567} IN PHONE FIELDS RETURNING Account(Name)', ['Acme Corp']],
    ['letters without their accents', 'FIND {koln} RETURNING Account(Name)', ['Acme Corp']],
    ['words side by side as all of them', 'FIND {corp acme} RETURNING Account(Name)', ['Acme Corp']],
    ['a phrase as it stands', 'FIND {"corp acme"} RETURNING Account(Name)', []],
    ['either word', 'FIND {smith OR miller} RETURNING Contact(Name ORDER BY Name)', ['John Smith', 'Jon Acme-Miller']],
    ['one word and not another', 'FIND {acme AND NOT rival} RETURNING Account(Name)', ['Acme Corp']],
    ['grouped words', 'FIND {(jon OR john) AND smith} RETURNING Contact(Name)', ['John Smith']],
    ['a wildcard at the end', 'FIND {smi*} RETURNING Contact(Name)', ['John Smith']],
    [
      'a wildcard in the middle',
      'FIND {jo*n} RETURNING Contact(Name ORDER BY Name)',
      ['John Smith', 'Jon Acme-Miller'],
    ],
    ['a wildcard for one letter', 'FIND {jo?n} RETURNING Contact(Name)', ['John Smith']],
    ['escaped signs', 'FIND {acme\\-miller} RETURNING Contact(Name)', ['Jon Acme-Miller']],
    ['records that a filter lets pass', "FIND {acme} RETURNING Account(Name WHERE Name LIKE 'O%')", ['Other']],
    [
      'as many records as asked for',
      'FIND {jo*} RETURNING Contact(Name ORDER BY Name DESC LIMIT 1)',
      ['Jon Acme-Miller'],
    ],
    [
      'no more than the whole limit',
      'FIND {acme} RETURNING Account(Name), Contact(Name) LIMIT 2',
      ['Acme Corp', 'Other'],
    ],
  ]
  for (const [sentence, text, names] of FOUND) {
    it(`finds ${sentence}`, async () => assert.deepEqual(await find(text), names))
  }

  it('shows the Id and the path of what it finds, parents as a query does', async () => {
    const { json } = await send(
      emulator,
      'GET',
      sosl('find {miller} in all fields returning contact(Id, Account.Name)'),
    )
    const [contact] = json.searchRecords
    assert.deepEqual(Object.keys(contact), ['attributes', 'Id', 'Account'])
    assert.equal(contact.attributes.url, data(`/sobjects/Contact/${contact.Id}`))
    assert.equal(contact.Account.Name, 'Acme Corp')
  })

  it('searches every searchable object where none is named', async () => {
    const { json } = await send(emulator, 'GET', sosl('FIND {acme}'))
    const types = json.searchRecords.map((record: { attributes: { type: string } }) => record.attributes.type)
    assert.deepEqual(types, ['Account', 'Account', 'Contact'])
  })

  it('names labels when metadata is asked for', async () => {
    const { json } = await send(emulator, 'GET', sosl("FIND {acme} RETURNING Account(Name) WITH METADATA = 'LABELS'"))
    assert.deepEqual(json.metadata.entityMetadata, [
      { entityName: 'Account', fieldMetadata: [{ name: 'Name', label: 'Account Name' }] },
    ])
  })

  const REFUSED: [sentence: string, text: string, errorCode: string, column: number, message: RegExp][] = [
    ['no braces', 'FIND acme', 'MALFORMED_SEARCH', 6, /^No search term found\./],
    ['one letter', 'FIND {a}', 'MALFORMED_SEARCH', 7, /^search term must be longer than one character: a$/],
    ['a reserved sign', 'FIND {acme|corp}', 'MALFORMED_SEARCH', 7, /'\|'/],
    ['an open parenthesis', 'FIND {(acme}', 'MALFORMED_SEARCH', 7, /<EOF>/],
    [
      'no such group',
      'FIND {name} IN ALL TYPE RETURNING Account(Name)',
      'MALFORMED_SEARCH',
      20,
      /^Malformed search token: TYPE$/,
    ],
    ['clauses in the wrong order', 'FIND {acme} LIMIT 5 RETURNING Account', 'MALFORMED_SEARCH', 21, /'RETURNING'/],
    ['an unknown object', 'FIND {acme} RETURNING Nothing', 'INVALID_TYPE', 23, /'Nothing' is not supported/],
    ['an unknown field', 'FIND {acme} RETURNING Account(Nmae)', 'INVALID_FIELD', 31, /^No such column 'Nmae'/],
  ]
  for (const [sentence, text, errorCode, column, message] of REFUSED) {
    it(`${sentence}: ${errorCode}, with a picture`, async () => {
      const { status, json } = await send(emulator, 'GET', sosl(text))
      assert.deepEqual([status, json[0].errorCode], [400, errorCode])
      const [, picture, , place, words] = json[0].message.split('\n')
      assert.deepEqual([picture, place], [text, `ERROR at Row:1:Column:${column}`])
      assert.match(words, message)
    })
  }

  it('asks for a search where there is none', async () => {
    assert.equal((await send(emulator, 'GET', data('/search'))).json[0].errorCode, 'MALFORMED_SEARCH')
  })

  it('takes hundreds of words, and refuses parentheses without an end', async () => {
    const words = Array.from({ length: 800 }, (_, index) => `word${index}`).join(' OR ')
    assert.deepEqual(await find(`FIND {${words} OR acme} IN NAME FIELDS RETURNING Account(Name)`), ['Acme Corp'])
    const nested = (levels: number): string => `FIND {${'('.repeat(levels)}acme${')'.repeat(levels)} AND corp}`
    assert.equal((await send(emulator, 'GET', sosl(`${nested(50)} RETURNING Account(Name)`))).status, 200)
    const deep = await send(emulator, 'GET', sosl(nested(2000)))
    assert.deepEqual([deep.status, deep.json[0].errorCode], [400, 'MALFORMED_SEARCH'])
    const without = await send(emulator, 'GET', sosl(`FIND {acme${' AND NOT other'.repeat(400)}}`))
    assert.deepEqual([without.status, without.json[0].errorCode], [400, 'QUERY_TOO_COMPLICATED'])
  })

  it('takes parameters in the address', async () => {
    const road = data(
      '/parameterizedSearch/?q=jo*&sobject=Contact&Contact.fields=Id,Name&Contact.orderBy=Name&Contact.limit=1',
    )
    const { json } = await send(emulator, 'GET', road)
    assert.deepEqual(
      json.searchRecords.map(({ Name }: { Name: string }) => Name),
      ['John Smith'],
    )
    const two = await send(
      emulator,
      'GET',
      data('/parameterizedSearch?q=acme&in=NAME&sobject=Account&sobject=Contact&fields=Name'),
    )
    assert.deepEqual(
      two.json.searchRecords.map(({ Name }: { Name: string }) => Name),
      ['Acme Corp', 'Jon Acme-Miller'],
    )
  })

  it('takes parameters in the body, where reserved signs mean nothing', async () => {
    const body = {
      q: 'acme-miller',
      in: 'ALL',
      fields: ['Id'],
      sobjects: [{ name: 'Contact', fields: ['Name'], where: "FirstName = 'Jon'", limit: 5 }, { name: 'Account' }],
      metadata: 'LABELS',
      overallLimit: 10,
    }
    const { json } = await send(emulator, 'POST', data('/parameterizedSearch'), { body })
    assert.deepEqual(
      json.searchRecords.map(({ Name }: { Name: string }) => Name),
      ['Jon Acme-Miller'],
    )
    assert.equal(json.metadata.entityMetadata[0].entityName, 'Contact')
  })

  it('refuses parameters that say nothing', async () => {
    const refused = async (body: object): Promise<string> =>
      (await send(emulator, 'POST', data('/parameterizedSearch'), { body })).json[0].errorCode
    assert.equal(await refused({}), 'MALFORMED_SEARCH')
    assert.equal(await refused({ q: 'acme', in: 'NOSE' }), 'INVALID_SEARCH')
    assert.equal(await refused({ q: 'acme', overallLimit: 0 }), 'INVALID_SEARCH')
    assert.equal(await refused({ q: 'acme', sobjects: [{ fields: ['Id'] }] }), 'INVALID_SEARCH')
    assert.equal(await refused({ q: 'acme', sobjects: [{ name: 'Account', fields: [1] }] }), 'INVALID_SEARCH')
  })
})

test('a search sees what was written, changed and deleted since the last one, and nothing after a reset', async (t) => {
  const clock = testClock()
  const emulator = await startEmulator(t, { clock })
  const count = async (word: string): Promise<number> =>
    (await send(emulator, 'GET', sosl(`FIND {${word}}`))).json.searchRecords.length
  assert.equal(await count('early'), 0)
  const { json } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'early' } })
  assert.equal(await count('early'), 1)
  clock.advance(1000)
  await send(emulator, 'PATCH', data(`/sobjects/Account/${json.id}`), { body: { Name: 'later' } })
  assert.deepEqual([await count('early'), await count('later')], [0, 1])
  await send(emulator, 'DELETE', data(`/sobjects/Account/${json.id}`))
  assert.equal(await count('later'), 0)
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'again' } })
  assert.equal(await count('again'), 1)
  emulator.reset()
  assert.equal(await count('again'), 0)
})

test('an empty result is the recorded one; old versions answer a bare list, as recorded', {
  skip: recordingsMissing,
}, async (t) => {
  const emulator = await startEmulator(t)
  const { json } = await send(emulator, 'GET', '/services/data/v58.0/search?q=FIND%20%7BAcme%7D')
  assert.deepEqual(json, JSON.parse(recordedCase('nango-sosl-empty').response.body))
  await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'Acme' } })
  const old = await send(emulator, 'GET', '/services/data/v36.0/search?q=FIND%20%7BAcme%7D')
  const [recorded] = JSON.parse(recordedCase('restforce-search').response.body)
  assert.deepEqual(Object.keys(old.json[0]), Object.keys(recorded))
})
