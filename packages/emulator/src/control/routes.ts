import type { FastifyPluginCallback } from 'fastify'
import { refuseForeign, refuseForeignNames } from './guard.ts'
import { CONTROL_ROADS, ControlModel, type ControlParts } from './model.ts'

/** The control plane under /_emulator/, for tests and for people; no session is needed. */
export const controlRoutes: FastifyPluginCallback<ControlParts> = (server, parts, done) => {
  const model = new ControlModel(parts)
  server.addHook('onRequest', refuseForeign)
  server.get('/_emulator', () => ({ roads: CONTROL_ROADS, covered: model.covered() }))
  server.get('/_emulator/requests', () => ({ requests: model.requests() }))
  server.get('/_emulator/events', () => ({ events: model.events() }))
  server.get('/_emulator/jobs', () => ({ jobs: model.jobs() }))
  server.get('/_emulator/faults', () => ({ faults: model.armed() }))
  server.get('/_emulator/pace', () => ({ pace: parts.org.pace }))
  server.get('/_emulator/credentials', { onRequest: refuseForeignNames }, () => model.credentials())
  server.post('/_emulator/reset', () => {
    model.reset()
    return { reset: true }
  })
  server.post('/_emulator/seed', (call) => ({ ids: model.seed(call.body) }))
  server.post('/_emulator/undelete', (call) => ({ undeleted: model.undelete(call.body) }))
  server.post('/_emulator/faults', (call) => ({ armed: model.faults(call.body) }))
  server.post<{ Body: { pace?: unknown } | undefined }>('/_emulator/pace', (call) => ({
    pace: model.pace(call.body?.pace),
  }))
  server.post('/_emulator/users', (call) => ({ id: model.user(call.body) }))
  server.post('/_emulator/app', (call) => model.app(call.body))
  server.post<{ Body: { certificate?: unknown } | undefined }>('/_emulator/certificates', (call) => {
    model.certificate(call.body?.certificate)
    return { registered: true }
  })
  done()
}
