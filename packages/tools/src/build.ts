import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import pc from 'picocolors'
import { buildLibrary } from './build-libraries.ts'
import { BuildStamps, sizeOf, stampOf } from './build-stamp.ts'
import { buildStages, type PublishedPackage, root } from './repository.ts'

/** Builders of the host packages. They import the libraries by name, so they are loaded after those are compiled. */
const hostBuilders: Readonly<Record<string, () => Promise<void>>> = {
  'n8n-nodes-forcewire': async () => (await import('./build-n8n.ts')).buildN8n(),
  '@forcewire/node-red-salesforce': async () => (await import('./build-node-red.ts')).buildNodeRed(),
}

async function build(item: PublishedPackage, stamps: BuildStamps, force: boolean): Promise<void> {
  const started = performance.now()
  const fresh = !force && stamps.matches(item.name, await stampOf(root, item.inputs, item.outputs))
  if (!fresh) {
    await (item.kind === 'library' ? buildLibrary(join(root, item.folder)) : hostBuilders[item.name]?.())
    stamps.record(item.name, await stampOf(root, item.inputs, item.outputs))
  }
  const cells = [
    item.name.padEnd(32),
    (fresh ? 'unchanged' : 'built').padEnd(12),
    `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(8),
    `${Math.ceil((await sizeOf(root, item.outputs)) / 1000)} kB`.padStart(10),
  ]
  console.log(cells.join(''))
}

const stamps = new BuildStamps(join(root, 'node_modules/.cache/forcewire/build.json'))
await stamps.load()
const force = process.argv.includes('--force')
try {
  for (const stage of buildStages) {
    const results = await Promise.allSettled(stage.map((item) => build(item, stamps, force)))
    await stamps.save()
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
}
