import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { nodeOfVersion } from '../support/node-of-version.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { type ConsumerProject, compileConsumer, consumerProject } from './consumer-project.ts'
import { expectedRoundTrip, roundTrip } from './round-trip.ts'

describe('the packed libraries on the oldest Nodes that their manifests allow', () => {
  let folder: TemporaryFolder
  let project: ConsumerProject

  before(async () => {
    folder = await temporaryFolder('oldest')
    project = await consumerProject(folder.path, ['@forcewire/core', '@forcewire/operations', '@forcewire/emulator'])
    await compileConsumer(project)
  })
  after(() => folder[Symbol.asyncDispose]())

  test('the client works on Node 22.9', async () => {
    const nodes = { client: await nodeOfVersion('22.9.0'), emulator: process.execPath }
    assert.deepEqual(await roundTrip(project, nodes), expectedRoundTrip)
  })

  test('the emulator works on Node 22.16, and so does the client beside it', async () => {
    const node = await nodeOfVersion('22.16.0')
    assert.deepEqual(await roundTrip(project, { client: node, emulator: node }), expectedRoundTrip)
  })
})
