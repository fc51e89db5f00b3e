import type { Salesforce } from '@forcewire/core'

/** An answer that no API of Salesforce promises, or one that few do. */
export type Shape = '{}' | '[]' | 'null' | 'text' | '[null]' | 'page' | 'empty' | '204' | '304'

/** A method that reads an answer. */
export interface Call {
  readonly run: (salesforce: Salesforce) => Promise<unknown>
  /** The shapes that it may be answered, and why. */
  readonly legit?: Partial<Record<Shape, string>>
}

const id = '001000000000001AAA'
const rows = [{ Name: 'A' }]
const span = [new Date('2026-01-01'), new Date('2026-01-02')] as const
const soql = 'SELECT Id FROM Account'
const file = { object: 'Attachment', field: 'Body', data: 'x', fields: { Name: 'a' } }

const noneFound = { '[]': 'a list may be empty' } as const
/** Salesforce says 204 to these; what comes with another success is not read. */
export const nothingToRead: Call['legit'] & object = {
  '{}': 'no body is promised',
  '[]': 'no body is promised',
  null: 'no body is promised',
  text: 'no body is promised',
  '[null]': 'no body is promised',
  204: 'Salesforce says so itself',
} as const
const anyBytes = {
  '{}': 'a file may hold it',
  '[]': 'a file may hold it',
  null: 'a file may hold it',
  text: 'a file may hold it',
  '[null]': 'a file may hold it',
  empty: 'a file may be empty',
} as const
const anything = {
  ...anyBytes,
  page: 'the caller knows what is behind the address',
  204: 'the caller knows what is behind the address',
} as const

/** Every public method that reads an answer of its own, by the way that leads to it. Those of bulk jobs stand in `bulk-calls.ts`. */
export const calls: Readonly<Record<string, Call>> = {
  'query().all': { run: (salesforce) => salesforce.query(soql).all() },
  query: { run: async (salesforce) => Array.fromAsync(salesforce.query(soql)) },
  queryMore: { run: (salesforce) => salesforce.queryMore('/services/data/v67.0/query/01g-200').first() },
  count: { run: (salesforce) => salesforce.count('SELECT COUNT() FROM Account') },
  explain: { run: (salesforce) => salesforce.explain(soql) },
  search: { run: (salesforce) => salesforce.search('FIND {Acme}'), legit: noneFound },
  parameterizedSearch: { run: (salesforce) => salesforce.parameterizedSearch({ q: 'Acme' }), legit: noneFound },
  limits: { run: (salesforce) => salesforce.limits(), legit: { '{}': 'a user may see none of them' } },
  recordCounts: { run: (salesforce) => salesforce.recordCounts() },
  versions: { run: (salesforce) => salesforce.versions() },
  userInfo: { run: (salesforce) => salesforce.userInfo() },
  describeGlobal: { run: (salesforce) => salesforce.describeGlobal() },
  request: { run: (salesforce) => salesforce.request({ path: 'limits' }), legit: anything },
  requestStream: {
    run: async (salesforce) => Array.fromAsync((await salesforce.requestStream({ path: 'limits' })).body),
    legit: anything,
  },

  'sobject().create': { run: (salesforce) => salesforce.sobject('Account').create({ Name: 'A' }) },
  'sobject().get': { run: (salesforce) => salesforce.sobject('Account').get(id) },
  'sobject().update': {
    run: (salesforce) => salesforce.sobject('Account').update(id, { Name: 'A' }),
    legit: nothingToRead,
  },
  'sobject().upsert': {
    run: (salesforce) => salesforce.sobject('Account').upsert({ Code__c: 'a' }, { Name: 'A' }),
    legit: { 204: 'an update before API 46.0' },
  },
  'sobject().delete': { run: (salesforce) => salesforce.sobject('Account').delete(id), legit: nothingToRead },
  'sobject().describe': { run: (salesforce) => salesforce.sobject('Account').describe() },
  'sobject().updated': { run: (salesforce) => salesforce.sobject('Account').updated(...span) },
  'sobject().deleted': { run: (salesforce) => salesforce.sobject('Account').deleted(...span) },
  'sobject().recent': { run: (salesforce) => salesforce.sobject('Account').recent() },
  'sobject().related': { run: (salesforce) => salesforce.sobject('Account').related(id, 'Contacts').all() },
  'sobject().parent': { run: (salesforce) => salesforce.sobject('Contact').parent(id, 'Account') },
  'sobject().blob': {
    run: async (salesforce) => Array.fromAsync((await salesforce.sobject('Attachment').blob(id, 'Body')).body),
    legit: { ...anyBytes, page: 'an Attachment may be one, and its own ContentType says so' },
  },

  'collections().create': { run: (salesforce) => salesforce.collections('Account').create(rows) },
  'collections().update': { run: (salesforce) => salesforce.collections('Account').update([{ Id: id }]) },
  'collections().upsert': {
    run: (salesforce) => salesforce.collections('Account').upsert('Code__c', [{ Code__c: 1 }]),
  },
  'collections().delete': { run: (salesforce) => salesforce.collections('Account').delete([id]) },
  'collections().retrieve': {
    run: (salesforce) => salesforce.collections('Account').retrieve([id], ['Name']),
    legit: { '[null]': 'the Id names no record' },
  },
  'tree().create': { run: (salesforce) => salesforce.tree('Account').create(rows) },
  'composite().send': {
    run: (salesforce) => {
      const composite = salesforce.composite()
      composite.sobject('Account').get(id)
      return composite.send()
    },
  },
  'batch().send': {
    run: (salesforce) => {
      const batch = salesforce.batch()
      batch.limits()
      return batch.send()
    },
  },
  'graph().send': {
    run: (salesforce) => {
      const call = salesforce.graph()
      call.add().sobject('Account').create({ Name: 'A' })
      return call.send()
    },
  },

  'apex.get': { run: (salesforce) => salesforce.apex.get('orders'), legit: anything },
  'apex.post': { run: (salesforce) => salesforce.apex.post('orders', {}), legit: anything },
  'apex.put': { run: (salesforce) => salesforce.apex.put('orders', {}), legit: anything },
  'apex.patch': { run: (salesforce) => salesforce.apex.patch('orders', {}), legit: anything },
  'apex.delete': { run: (salesforce) => salesforce.apex.delete('orders'), legit: anything },
  'actions.types': { run: (salesforce) => salesforce.actions.types(), legit: { '{}': 'an org may have no actions' } },
  'actions.list': { run: (salesforce) => salesforce.actions.list() },
  'actions.describe': { run: (salesforce) => salesforce.actions.describe('emailSimple') },
  'actions.invoke': { run: (salesforce) => salesforce.actions.invoke('emailSimple') },
  'flows.list': { run: (salesforce) => salesforce.flows.list() },
  'flows.describe': { run: (salesforce) => salesforce.flows.describe('A') },
  'flows.invoke': { run: (salesforce) => salesforce.flows.invoke('A') },

  'files.upload': { run: (salesforce) => salesforce.files.upload({ pathOnClient: 'a.txt', data: 'x' }) },
  'files.download': {
    run: async (salesforce) => Array.fromAsync((await salesforce.files.download(id)).body),
    legit: anyBytes,
  },
  'files.versions': { run: (salesforce) => salesforce.files.versions(id).all() },
  'files.link': { run: (salesforce) => salesforce.files.link(id, id) },
  'files.links': { run: (salesforce) => salesforce.files.links({ recordId: id }).all() },
  'files.insertBlob': { run: (salesforce) => salesforce.files.insertBlob(file) },
  'files.updateBlob': { run: (salesforce) => salesforce.files.updateBlob(id, file), legit: nothingToRead },
  'platformEvents.publish': { run: (salesforce) => salesforce.platformEvents.publish('Order__e', [{ A__c: 1 }]) },
  'reports.list': { run: (salesforce) => salesforce.reports.list(), legit: noneFound },
  'reports.describe': { run: (salesforce) => salesforce.reports.describe(id) },
  'reports.run': { run: (salesforce) => salesforce.reports.run(id) },
  'reports.start': { run: (salesforce) => salesforce.reports.start(id) },
  'reports.instance': { run: (salesforce) => salesforce.reports.instance(id, id) },
  'reports.instances': { run: (salesforce) => salesforce.reports.instances(id), legit: noneFound },
  'reports.deleteInstance': {
    run: (salesforce) => salesforce.reports.deleteInstance(id, id),
    legit: nothingToRead,
  },
  'approvals.list': { run: (salesforce) => salesforce.approvals.list() },
  'approvals.submit': { run: (salesforce) => salesforce.approvals.submit({ recordId: id }) },
  'approvals.approve': { run: (salesforce) => salesforce.approvals.approve({ workItemId: id }) },
  'approvals.reject': { run: (salesforce) => salesforce.approvals.reject({ workItemId: id }) },
}
