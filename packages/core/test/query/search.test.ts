import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { clientCredentials, type ParameterizedSearch, Salesforce, soql, sosl } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { instanceUrl, scriptedOrg } from '../support/scripted-org.ts'

const data = `${instanceUrl}/services/data/v67.0`

describe('a SOSL search', () => {
  it('is sent encoded and gives the records', async () => {
    const org = scriptedOrg([{ json: { searchRecords: [{ Id: '1' }] } }])
    assert.deepEqual(await org.salesforce.search('FIND {Acme & Co}'), [{ Id: '1' }])
    assert.equal(org.requests[0]?.url, `${data}/search?q=FIND%20%7BAcme%20%26%20Co%7D`)
  })

  it('is read as a bare list where the API is older than 37.0', async () => {
    const org = scriptedOrg([{ json: [{ Id: '1' }] }], { apiVersion: '36.0' })
    assert.deepEqual(await org.salesforce.search('FIND {Acme}'), [{ Id: '1' }])
  })

  it('is refused before any request when it is none', async () => {
    const org = scriptedOrg([{ json: [] }])
    for (const [search, message] of [
      ['', /The SOSL search must be a text/],
      [undefined, /but is undefined/],
      ['FIND {\ud800}', /lone surrogate/],
      [`FIND {${'x'.repeat(12_000)}}`, /too long for a URL; use parameterizedSearch/],
    ] as const) {
      await assert.rejects(org.salesforce.search(search as string), { code: 'ERR_SF_CONFIG', message })
    }
    await assert.rejects(org.salesforce.search('FIND {x}', null as never), { code: 'ERR_SF_CONFIG' })
    assert.equal(org.requests.length, 0)
  })

  it('reports an answer without records', async () => {
    const { salesforce } = scriptedOrg([{ json: { records: [] } }], { retry: false })
    await assert.rejects(salesforce.search('FIND {x}'), { code: 'ERR_SF_PROTOCOL' })
  })
})

describe('a parameterized search', () => {
  const everything: ParameterizedSearch = {
    q: 'Acme',
    fields: ['Id'],
    sobjects: [{ name: 'Account', fields: ['Id', 'Name'], where: "Name != 'x'", limit: 1, orderBy: 'Name DESC' }],
    in: 'NAME',
    overallLimit: 2_000,
    defaultLimit: 10,
    offset: 0,
    division: 'global',
    dataCategories: [{ categories: ['Europe__c'], operator: 'BELOW', groupName: 'Region__c' }],
    netWorkIds: ['0DB000000000001'],
    pricebookId: '01s000000000001',
    snippet: 50,
    spellCorrection: false,
    updateTracking: true,
    updateViewStat: true,
  }

  it('sends its parameters in the body', async () => {
    const org = scriptedOrg([{ json: { searchRecords: [{ Id: '1' }] } }])
    assert.deepEqual(await org.salesforce.parameterizedSearch(everything), [{ Id: '1' }])
    const [sent] = org.requests
    assert.equal(sent?.url, `${data}/parameterizedSearch`)
    assert.equal(sent?.method, 'POST')
    assert.deepEqual(JSON.parse(String(sent?.body)), everything)
    // The order of these members means something to Salesforce.
    assert.match(String(sent?.body), /\{"groupName":"Region__c","operator":"BELOW","categories":/)
  })

  it('is repeated after trouble, since it changes nothing', async () => {
    const org = scriptedOrg([{ status: 502, text: '' }, { json: { searchRecords: [] } }])
    assert.deepEqual(await org.salesforce.parameterizedSearch({ q: 'x', in: undefined }), [])
    assert.equal(org.requests[1]?.body, '{"q":"x"}')
  })

  const wrong: readonly [unknown, RegExp][] = [
    [undefined, /q must be a text that is not empty, but is undefined/],
    [null, /parameterizedSearch must be an object of options, but is null/],
    [{ q: ' ' }, /q must be a text/],
    [{ q: 'x', limit: 1 }, /parameterizedSearch has no option 'limit'/],
    [{ q: 'x', in: 'name' }, /in must be one of ALL, .* but is 'name'/],
    [{ q: 'x', overallLimit: 2_001 }, /overallLimit must be a whole number from 1 to 2,000/],
    [{ q: 'x', fields: ['Id'] }, /fields and defaultLimit for the objects in sobjects only/],
    [{ q: 'x', defaultLimit: 1, sobjects: [] }, /fields and defaultLimit for the objects/],
    [{ q: 'x', offset: 1 }, /offset with exactly one object/],
    [{ q: 'x', sobjects: 'Account' }, /sobjects must be a list of objects, but is a text/],
    [{ q: 'x', sobjects: ['Account'] }, /sobjects\[0\] must be an object of options, but is a text/],
    [{ q: 'x', sobjects: [{ fields: ['Id'] }] }, /sobjects\[0\]\.name must be an API name/],
    [{ q: 'x', sobjects: [{ name: 'Account', fields: 'Id' }] }, /sobjects\[0\]\.fields must be a list of names/],
    [{ q: 'x', sobjects: [{ name: 'Account', limit: 0 }] }, /sobjects\[0\]\.limit must be a whole number/],
    [{ q: 'x', dataCategories: [{ groupName: 'a', operator: 'below', categories: [] }] }, /operator must be one of/],
    [{ q: 'x', netWorkIds: ['1'] }, /netWorkIds\[0\] must be an Id/],
    [{ q: 'x', pricebookId: 7 }, /pricebookId must be an Id/],
    [{ q: 'x', snippet: 49 }, /snippet must be a whole number from 50 to 1,000/],
    [{ q: 'x', spellCorrection: 'no' }, /spellCorrection must be true or false/],
  ]
  for (const [parameters, message] of wrong) {
    it(`refuses ${JSON.stringify(parameters)} before any request`, async () => {
      const org = scriptedOrg([{ json: {} }])
      const run = org.salesforce.parameterizedSearch(parameters as ParameterizedSearch)
      await assert.rejects(run, { code: 'ERR_SF_CONFIG', message })
      assert.equal(org.requests.length, 0)
    })
  }
})

describe('searches at the emulator', () => {
  let emulator: Emulator
  let salesforce: Salesforce
  before(async () => {
    emulator = await createEmulator({ seed: 'empty' })
    salesforce = new Salesforce({ auth: clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }) })
    for (const Name of names) await salesforce.sobject('Account').create({ Name })
  })
  after(async () => {
    await salesforce.close()
    await emulator.close()
  })

  const names = ['Acme (Berlin)&Co', 'R"und" {Bögen}', 'and/or', "O'Neil\\Sons", 'What?! *Star* ~x^2', 'a-b+c:d|e [f]']

  for (const name of names) {
    it(`find what is called ${name}`, async () => {
      const found = await salesforce.search(sosl`FIND {${name}} IN NAME FIELDS RETURNING Account(Name)`)
      assert.deepEqual(
        found.map(({ Name }) => Name),
        [name],
      )
    })
  }

  it('find nothing where an operator within a value would have found something', async () => {
    assert.deepEqual(await salesforce.search(sosl`FIND {${'Acme OR Star'}} RETURNING Account(Name)`), [])
    const found = await salesforce.search(sosl`FIND {${'Acme'} OR ${'Star'}} RETURNING Account(Name ORDER BY Name)`)
    assert.equal(found.length, 2)
  })

  it('filter by values and take parameters instead of SOSL', async () => {
    const where = soql`Name != ${"O'Neil"}`
    const found = await salesforce.parameterizedSearch({
      q: 'Acme',
      sobjects: [{ name: 'Account', fields: ['Name'], where, limit: 1 }],
    })
    assert.deepEqual(
      found.map(({ Name }) => Name),
      ['Acme (Berlin)&Co'],
    )
    assert.deepEqual(
      await salesforce.search(sosl`FIND {Acme} RETURNING Account(Id WHERE Name = ${"x' OR Name != '"})`),
      [],
    )
  })
})
