import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, send, startEmulator } from '../support/harness.ts'

test('the bytes of an attachment come back as they went in, with their type and length', async (t) => {
  const emulator = await startEmulator(t)
  const { json: account } = await send(emulator, 'POST', data('/sobjects/Account'), { body: { Name: 'A' } })
  const body = {
    ParentId: account.id,
    Name: 'note.txt',
    ContentType: 'text/plain',
    Body: Buffer.from('héllo').toString('base64'),
  }
  const { json: saved } = await send(emulator, 'POST', data('/sobjects/Attachment'), { body })
  const road = data(`/sobjects/Attachment/${saved.id}`)
  const { json: record } = await send(emulator, 'GET', road)
  assert.deepEqual([record.Body, record.BodyLength], [`${road}/Body`, 6])
  const bytes = await send(emulator, 'GET', `${road}/body`, { headers: { 'accept-encoding': 'identity' } })
  assert.deepEqual([bytes.status, bytes.text, bytes.headers.get('content-type')], [200, 'héllo', 'text/plain'])
  assert.equal(bytes.headers.get('content-length'), '6')
})

test('a blob that is not there is 404', async (t) => {
  const emulator = await startEmulator(t)
  const { json: user } = await send(emulator, 'GET', data('/query?q=SELECT+Id+FROM+User'))
  const body = { Name: 'empty', FolderId: user.records[0].Id }
  const { json: saved } = await send(emulator, 'POST', data('/sobjects/Document'), { body })
  assert.equal((await send(emulator, 'GET', data(`/sobjects/Document/${saved.id}/Body`))).status, 404)
})
