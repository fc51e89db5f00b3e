import { fastify } from 'fastify'
import { bulkRoutes } from '../../src/bulk/routes.ts'
import { Org } from '../../src/org/org.ts'
import { buildSchema } from '../../src/schema/build-schema.ts'
import { seedUser } from '../../src/seed/empty.ts'
import type { Answer } from '../support/harness.ts'

const JOBS = '/services/data/v58.0/jobs/query'

/** Result pages as the bulk roads tell them, two rows each, so that more than one answer is needed; the first two of the five are left, as recorded. */
export async function smallResultPages(): Promise<Answer> {
  const org = new Org({ schema: buildSchema({}), clock: Date, sessionSeconds: 60, seed: seedUser })
  const server = fastify()
  try {
    server.register(bulkRoutes, { org, resultPageRows: 2 })
    for (let row = 0; row < 13; row += 1) org.records.insert('Account', { Name: `Row ${row}` })
    org.pace = { reads: 1 }
    const payload = { operation: 'query', query: 'SELECT Name FROM Account' }
    const { id } = (await server.inject({ method: 'POST', url: JOBS, payload })).json()
    await server.inject(`${JOBS}/${id}`)
    const { statusCode, body } = await server.inject(`${JOBS}/${id}/resultPages`)
    const json = JSON.parse(body)
    json.resultPages.splice(2, 3)
    return { status: statusCode, headers: new Headers(), text: JSON.stringify(json), json }
  } finally {
    await server.close()
    org.close()
  }
}
