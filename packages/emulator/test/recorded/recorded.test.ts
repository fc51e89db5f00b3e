import { describe, test } from 'node:test'
import { recordingsMissing } from '../support/recorded.ts'
import { assertAsRecorded } from './as-recorded.ts'
import { AskedOrg } from './asked-org.ts'
import { EXCHANGES } from './exchanges.ts'

for (const [family, exchanges] of Object.entries(EXCHANGES)) {
  describe(`recorded ${family}`, { skip: recordingsMissing }, () => {
    for (const [id, exchange] of Object.entries(exchanges)) {
      test(`${id} is answered as recorded`, async (t) => {
        const org = await AskedOrg.start(t, id, exchange)
        assertAsRecorded(org, id, await exchange.ask(org), exchange.compared)
      })
    }
  })
}
