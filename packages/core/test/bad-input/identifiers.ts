import type { Salesforce } from '@forcewire/core/portable'
import { id } from './rows.ts'

/** A call with a name or an Id in one place of it. */
export type Place = (wrong: never) => unknown

/** Every place of the public face that takes a name or an Id as a value, beside those of Bulk API 2.0. */
export function identifierPlaces(salesforce: Salesforce): Readonly<Record<string, Place>> {
  const { actions, approvals, files, flows, platformEvents, reports } = salesforce
  const account = salesforce.sobject('Account')
  const many = salesforce.collections('Account')
  const composite = () => salesforce.composite()
  const inCall = (): readonly [string, ReturnType<Salesforce['composite']>['sobject']][] => [
    ['composite', (name) => composite().sobject(name)],
    ['batch', (name) => salesforce.batch().sobject(name)],
    ['graph', (name) => salesforce.graph().add().sobject(name)],
  ]
  const compositeMany = () => composite().collections('Account')
  const search = (parameters: object) => salesforce.parameterizedSearch({ q: 'x', ...parameters } as never)
  const category = { groupName: 'Regions', operator: 'AT', categories: ['Asia'] }
  return {
    'sobject name': (wrong) => salesforce.sobject(wrong),
    'get Id': (wrong) => account.get(wrong),
    'get field': (wrong) => account.get(id, { fields: [wrong] }),
    'update Id': (wrong) => account.update(wrong, {}),
    'delete Id': (wrong) => account.delete(wrong),
    'related Id': (wrong) => account.related(wrong, 'Contacts'),
    'related name': (wrong) => account.related(id, wrong),
    'related field': (wrong) => account.related(id, 'Contacts', { fields: [wrong] }),
    'parent Id': (wrong) => account.parent(wrong, 'Owner'),
    'parent name': (wrong) => account.parent(id, wrong),
    'blob Id': (wrong) => account.blob(wrong, 'Body'),
    'blob field': (wrong) => account.blob(id, wrong),
    'collections name': (wrong) => salesforce.collections(wrong),
    'collections create type': (wrong) => many.create([{ attributes: { type: wrong } }]),
    'collections update Id': (wrong) => many.update([{ Id: wrong }]),
    'collections upsert key field': (wrong) => many.upsert(wrong, [{ Key__c: 1 }]),
    'collections delete Id': (wrong) => many.delete([wrong]),
    'collections retrieve Id': (wrong) => many.retrieve([wrong], ['Id']),
    'collections retrieve field': (wrong) => many.retrieve([id], [wrong]),
    'tree name': (wrong) => salesforce.tree(wrong),
    'tree type': (wrong) => salesforce.tree('Account').create([{ Contacts: [{ attributes: { type: wrong } }] }]),
    ...Object.fromEntries(
      inCall().flatMap(([kind, sobject]): readonly [string, Place][] => [
        [`${kind} sobject`, (wrong) => sobject(wrong)],
        [`${kind} get Id`, (wrong) => sobject('Account').get(wrong)],
        [`${kind} get field`, (wrong) => sobject('Account').get(id, { fields: [wrong] })],
        [`${kind} update Id`, (wrong) => sobject('Account').update(wrong, {})],
        [`${kind} delete Id`, (wrong) => sobject('Account').delete(wrong)],
        [`${kind} referenceId`, (wrong) => sobject('Account').create({}, { referenceId: wrong })],
      ]),
    ),
    'composite collections': (wrong) => composite().collections(wrong),
    'composite collections update Id': (wrong) => compositeMany().update([{ Id: wrong }]),
    'composite collections upsert key field': (wrong) => compositeMany().upsert(wrong, [{ Key__c: 1 }]),
    'composite collections delete Id': (wrong) => compositeMany().delete([wrong]),
    'composite collections retrieve Id': (wrong) => compositeMany().retrieve([wrong], ['Id']),
    'composite collections retrieve field': (wrong) => compositeMany().retrieve([id], [wrong]),
    'recordCounts object': (wrong) => salesforce.recordCounts([wrong]),
    'search object': (wrong) => search({ sobjects: [{ name: wrong }] }),
    'search field': (wrong) => search({ sobjects: [{ name: 'Account', fields: [wrong] }] }),
    'search field of all': (wrong) => search({ sobjects: [{ name: 'Account' }], fields: [wrong] }),
    'search site': (wrong) => search({ netWorkIds: [wrong] }),
    'search price book': (wrong) => search({ pricebookId: wrong }),
    'search category group': (wrong) => search({ dataCategories: [{ ...category, groupName: wrong }] }),
    'search category': (wrong) => search({ dataCategories: [{ ...category, categories: [wrong] }] }),
    'soql.name': (wrong) => import('@forcewire/core').then(({ soql }) => soql.name(wrong)),
    'actions type': (wrong) => actions.list(wrong),
    'flow name': (wrong) => flows.describe(wrong),
    'approvals record': (wrong) => approvals.submit({ recordId: wrong }),
    'approvals process': (wrong) => approvals.submit({ recordId: id, processDefinitionNameOrId: wrong }),
    'approvals submitter': (wrong) => approvals.submit({ recordId: id, submitterId: wrong }),
    'approvals work item': (wrong) => approvals.approve({ workItemId: wrong }),
    'approvals next approver': (wrong) => approvals.reject({ workItemId: id, nextApproverIds: [wrong] }),
    'reports Id': (wrong) => reports.run(wrong),
    'reports run': (wrong) => reports.instance(id, wrong),
    'files object': (wrong) => files.insertBlob({ object: wrong, field: 'Body', data: 'x', fields: {} }),
    'files field': (wrong) => files.insertBlob({ object: 'Attachment', field: wrong, data: 'x', fields: {} }),
    'files link record': (wrong) => files.link(id, wrong),
    'files download': (wrong) => files.download(wrong),
    'platform event': (wrong) => platformEvents.publish(wrong, [{}]),
  }
}

/** Every place where the name of a field is the name of a member, or a part of a text, which is text in any case. */
export function memberPlaces(salesforce: Salesforce): Readonly<Record<string, Place>> {
  const { actions, files, platformEvents } = salesforce
  const account = salesforce.sobject('Account')
  const many = salesforce.collections('Account')
  const inCall = () => salesforce.composite().sobject('Account')
  const compositeMany = () => salesforce.composite().collections('Account')
  return {
    'get key field': (wrong) => account.get({ [wrong]: 'A-1' }),
    'update key field': (wrong) => account.update({ [wrong]: 'A-1' }, {}),
    'update field': (wrong) => account.update(id, { [wrong]: 1 }),
    'upsert key field': (wrong) => account.upsert({ [wrong]: 'A-1' }, {}),
    'upsert field': (wrong) => account.upsert({ Key__c: 'A-1' }, { [wrong]: 1 }),
    'create field': (wrong) => account.create({ [wrong]: 1 }),
    'create field of a parent': (wrong) => account.create({ Parent__r: { [wrong]: 1 } }),
    'delete key field': (wrong) => account.delete({ [wrong]: 'A-1' }),
    'collections create field': (wrong) => many.create([{ [wrong]: 1 }]),
    'tree field': (wrong) => salesforce.tree('Account').create([{ [wrong]: 1 }]),
    'tree relationship': (wrong) =>
      salesforce.tree('Account').create([{ [wrong]: [{ attributes: { type: 'Contact' } }] }]),
    'composite collections create field': (wrong) => compositeMany().create([{ [wrong]: 1 }]),
    'files other field': (wrong) =>
      files.insertBlob({ object: 'Attachment', field: 'Body', data: 'x', fields: { [wrong]: 1 } }),
    'files upload field': (wrong) => files.upload({ pathOnClient: 'a', data: 'x', fields: { [wrong]: 1 } }),
    'platform event field': (wrong) => platformEvents.publish('Order__e', [{ [wrong]: 1 }]),
    'composite create field': (wrong) => inCall().create({ [wrong]: 1 }),
    'composite upsert key field': (wrong) => inCall().upsert({ [wrong]: 'A-1' }, {}),
    'composite ref': (wrong) => inCall().create({}).ref(String(wrong)),
    'batch create field': (wrong) =>
      salesforce
        .batch()
        .sobject('Account')
        .create({ [wrong]: 1 }),
    'graph create field': (wrong) =>
      salesforce
        .graph()
        .add()
        .sobject('Account')
        .create({ [wrong]: 1 }),
    'actions name': (wrong) => actions.describe(`apex/${wrong}`),
  }
}

/** Every place that takes the value of an external ID. */
export function keyValuePlaces(salesforce: Salesforce): Readonly<Record<string, Place>> {
  const account = salesforce.sobject('Account')
  const inCall = () => salesforce.composite().sobject('Account')
  return {
    get: (wrong) => account.get({ Key__c: wrong }),
    update: (wrong) => account.update({ Key__c: wrong }, {}),
    upsert: (wrong) => account.upsert({ Key__c: wrong }, {}),
    delete: (wrong) => account.delete({ Key__c: wrong }),
    'composite get': (wrong) => inCall().get({ Key__c: wrong }),
    'composite upsert': (wrong) => inCall().upsert({ Key__c: wrong }, {}),
  }
}
