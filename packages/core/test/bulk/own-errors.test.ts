import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessToken, clientCredentials, Salesforce } from '@forcewire/core'
import { emulatedOrg } from '../support/emulated-org.ts'

const insert = { object: 'Account', operation: 'insert' } as const
const id = '750000000000001AAA'
const closed = 'This Salesforce client was closed; create a new one.'

function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => assert.fail('it succeeded'),
    (error: Error) => error,
  )
}

describe('an error that several callers meet', () => {
  it('names to each load its own jobs', async () => {
    await using org = await emulatedOrg()
    const { bulk } = org.salesforce
    const loads = [bulk.ingest(insert, [{ Name: 'a' }]), bulk.ingest(insert, [{ Name: 'b' }])]
    await Promise.all(loads.map((load) => load.upload()))
    const ended = loads.map((load) => failure(load.run()))
    await org.salesforce.close()
    assert.deepEqual(
      (await Promise.all(ended)).map(({ message }) => message),
      loads.map(
        ({ jobs: [job] }) =>
          `${closed} The load has the bulk job ${job?.id}. bulk.resume(load.checkpoint, source) completes the load.`,
      ),
    )
  })

  it('says nothing of a bulk job to the calls after it', async () => {
    const salesforce = new Salesforce({
      auth: accessToken({ accessToken: 't', instanceUrl: 'https://acme.my.salesforce.com' }),
    })
    await salesforce.close()
    const first = await failure(salesforce.bulk.resumeQuery(id).all())
    assert.ok(first.message.startsWith(`${closed} Bulk query job ${id} is still at Salesforce;`))
    assert.equal((await failure(salesforce.query('SELECT Id FROM Account').all())).message, closed)
  })

  it('says nothing of a bulk job to the calls beside it that waited for the same login', async () => {
    await using org = await emulatedOrg()
    const { clientId } = org.emulator.credentials
    const auth = clientCredentials({ clientId, clientSecret: 'wrong', loginUrl: org.emulator.url })
    const salesforce = new Salesforce({ auth })
    const [bulk, query] = await Promise.all([
      failure(salesforce.bulk.resumeQuery(id).all()),
      failure(salesforce.query('SELECT Id FROM Account').all()),
    ])
    await salesforce.close()
    assert.equal(Reflect.get(bulk, 'code'), 'ERR_SF_AUTH')
    assert.match(bulk.message, new RegExp(`Bulk query job ${id} is still at Salesforce`))
    assert.doesNotMatch(query.message, /ulk/)
  })
})
