import assert from 'node:assert/strict'
import { it } from 'node:test'
import { clientCredentials, customClock, type IngestCheckpoint, type Middleware, Salesforce } from '@forcewire/core'
import { createEmulator, type Emulator } from '@forcewire/emulator'
import { TestClock } from '../support/test-clock.ts'
import { StruckClient } from './bulk-faults.ts'
import { ask, loadedNumbers } from './plain-org.ts'

const rows = Array.from({ length: 1_800 }, (_, number) => ({ Name: `row ${number}`, NumberOfEmployees: number }))
const options = { object: 'Account', operation: 'insert' } as const

/** The checkpoint of a load whose one job is open: Salesforce heard neither that its data is complete nor of its end. */
async function openLoad(emulator: Emulator): Promise<IngestCheckpoint> {
  await using client = new StruckClient(emulator)
  emulator.faults.add({ method: 'PATCH', path: '/jobs/ingest/', status: 503, times: Number.POSITIVE_INFINITY })
  const load = client.salesforce.bulk.ingest(options, rows)
  await assert.rejects(load.run())
  emulator.faults.clear()
  return load.checkpoint
}

/** A job as the control plane shows it. */
interface Job {
  readonly state: string
  readonly processed: number
}

async function jobsOf(emulator: Emulator): Promise<Job[]> {
  const { jobs } = (await ask(emulator, 'GET', '/_emulator/jobs')) as { jobs: Job[] }
  return jobs
}

/** Resumes it while something happens right before its job is aborted. */
function resumed(emulator: Emulator, beforeAbort: (path: string) => Promise<unknown>): Salesforce {
  const middleware: Middleware = async (request, next) => {
    if (request.method === 'PATCH' && emulator.requests().at(-1)?.method === 'GET') await beforeAbort(request.path)
    return next(request)
  }
  return new Salesforce({
    auth: clientCredentials({ ...emulator.credentials, loginUrl: emulator.url }),
    middleware: [middleware],
    [customClock]: new TestClock(5_000),
  })
}

for (const [what, until] of [
  ['is being worked on', (job?: Job) => (job?.processed ?? 0) > 0],
  ['is complete', (job?: Job) => job?.state === 'JobComplete'],
] as const) {
  it(`loads each row once although UploadComplete arrives late, so that the job ${what} when it is aborted`, async () => {
    await using emulator = await createEmulator({ seed: 'empty' })
    const checkpoint = await openLoad(emulator)
    let happened = false
    await using salesforce = resumed(emulator, async (path) => {
      if (happened) return
      happened = true
      await ask(emulator, 'PATCH', path, { state: 'UploadComplete' })
      while (!until((await jobsOf(emulator))[0])) {
        // Looking on sets nothing going.
      }
    })
    const load = salesforce.bulk.resume(checkpoint, rows)
    const again = await load.run().then(
      () => undefined,
      () => salesforce.bulk.resume(JSON.parse(JSON.stringify(load.checkpoint)), rows),
    )
    await again?.run()
    assert.ok(happened)
    assert.deepEqual(
      await loadedNumbers(emulator),
      rows.map(({ NumberOfEmployees }) => NumberOfEmployees),
    )
  })
}
