import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { createEmulator, type Emulator } from '@forcewire/emulator'

/** What programs do before they come to their last line, none of them with close(). */
const programs: Readonly<Record<string, string>> = {
  'has used the client': `
    await salesforce.sobject('Account').create({ Name: 'A' })
    await salesforce.query('SELECT Id FROM Account').all()`,
  'has aborted a call that waits for its answer': `
    const stop = new AbortController()
    const waiting = salesforce.request({ path: 'slow' }, { signal: stop.signal })
    setImmediate(() => stop.abort(new Error('enough')))
    await waiting.catch((error) => { if (error.message !== 'enough') throw error })`,
  'has left a loop with a page on its way': `
    for await (const account of salesforce.query('SELECT Id, Name FROM Account', { batchSize: 200 })) break`,
  'has aborted many calls of one method': `
    const stop = new AbortController()
    const rows = Array.from({ length: 2_000 }, (_, index) => ({ Name: 'row ' + index }))
    const creating = salesforce.collections('Account').create(rows, { signal: stop.signal })
    salesforce.on('response', () => stop.abort(new Error('enough')))
    await creating.then(() => { throw new Error('not aborted') }, () => {})`,
  'has failed in one of many calls': `
    const ids = Array.from({ length: 20 }, (_, index) => '00100000000' + String(1000 + index))
    await Promise.allSettled(ids.map((id) => salesforce.sobject('Account').get(id)))
    await salesforce.query('SELECT Nothing FROM Account').all().catch(() => {})`,
}

describe('a program', () => {
  let emulator: Emulator
  before(async () => {
    emulator = await createEmulator({ seed: 'demo' })
    emulator.faults.add({ path: '/slow', delay: 3_600_000, times: Number.POSITIVE_INFINITY })
  })
  after(() => emulator.close())

  for (const [name, lines] of Object.entries(programs)) {
    it(`ends by itself after it ${name}`, { timeout: 60_000 }, async () => {
      const { clientId, clientSecret } = emulator.credentials
      const auth = JSON.stringify({ clientId, clientSecret, loginUrl: emulator.url })
      const program = `
        import { clientCredentials, Salesforce } from '@forcewire/core'
        const salesforce = new Salesforce({ auth: clientCredentials(${auth}) })
        ${lines}
        process.stdout.write('last line')`
      const options = ['--conditions=forcewire-source', '--unhandled-rejections=strict', '--input-type=module']
      const child = spawn(process.execPath, [...options, '--eval', program], { cwd: import.meta.dirname })
      const [[code], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)])
      assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'last line', stderr: '' })
    })
  }
})
