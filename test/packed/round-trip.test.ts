import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { type ConsumerProject, compileConsumer, consumerProject } from './consumer-project.ts'
import { expectedRoundTrip, roundTrip } from './round-trip.ts'

describe('the packed libraries, installed together from their tarballs', () => {
  let folder: TemporaryFolder
  let project: ConsumerProject

  before(async () => {
    folder = await temporaryFolder('packed')
    project = await consumerProject(folder.path, ['@forcewire/core', '@forcewire/operations', '@forcewire/emulator'])
  })
  after(() => folder[Symbol.asyncDispose]())

  test('compile in a strict project that checks their declarations, load rows and read them back', async () => {
    await compileConsumer(project)
    const nodes = { client: process.execPath, emulator: process.execPath }
    assert.deepEqual(await roundTrip(project, nodes), expectedRoundTrip)
  })
})
