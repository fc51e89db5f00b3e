import type { Salesforce } from '@forcewire/core/portable'
import {
  call,
  callOptions,
  flag,
  number,
  optional,
  options,
  type Parameter,
  type Row,
  required,
  requiredOptions,
  text,
} from './parameter.ts'
import { platformRows } from './platform-methods.ts'
import {
  anyId,
  conditions,
  date,
  fields,
  id,
  ids,
  key,
  later,
  limit,
  many,
  object,
  query,
  record,
  records,
  replay,
  row,
  soql,
  sub,
  subWrites,
  writes,
} from './rows.ts'

/** Every public method, by the way that leads to it. */
export function methodRows(salesforce: Salesforce): Readonly<Record<string, Row>> {
  const account = salesforce.sobject('Account')
  const accounts = salesforce.collections('Account')
  const { bulk } = salesforce
  const composite = () => salesforce.composite().sobject('Account')
  const inBatch = () => salesforce.batch().sobject('Account')
  const compositeMany = () => salesforce.composite().collections('Account')
  const graph = () => salesforce.graph().add()
  const bulkRead = [number('maxRecords', 5), optional('values', 'text'), flag('abortOnReturn')]
  const bulkQuery = [flag('includeDeleted'), ...bulkRead, optional('idRanges', 2, 'true')]
  const jobs = (kind: 'ingestJobs' | 'queryJobs'): Readonly<Record<string, Row>> => ({
    [`bulk.${kind}.list`]: row(
      [
        options(optional('jobType', 'V2Ingest'), optional('concurrencyMode', 'parallel'), flag('isPkChunkingEnabled')),
        call,
      ],
      (...given) => bulk[kind].list(...given),
      later,
    ),
    [`bulk.${kind}.get`]: row([anyId(''), call], (...given: [never]) => bulk[kind].get(...given)),
    [`bulk.${kind}.abort`]: row([anyId(''), call], (...given: [never]) => bulk[kind].abort(...given)),
    [`bulk.${kind}.delete`]: row([anyId(''), call], (...given: [never]) => bulk[kind].delete(...given)),
    [`bulk.${kind}.results`]: row([anyId(''), call], (...given: [never]) => bulk[kind].results(...given), later),
  })
  const subrequests = (make: () => ReturnType<typeof composite>): Readonly<Record<string, Row>> => ({
    create: row([record, options(...subWrites)], (...given: [never]) => make().create(...given), later),
    get: row([key, options(...sub, fields)], (...given: [never]) => make().get(...given), later),
    update: row([key, record, options(...subWrites)], (...given: [never, never]) => make().update(...given), later),
    upsert: row(
      [required('', { Code__c: 1 }), record, options(...subWrites, flag('validate'))],
      (...given: [never, never]) => make().upsert(...given),
      later,
    ),
    delete: row([key, options(...sub)], (...given: [never]) => make().delete(...given), later),
  })
  const rawSubrequest = requiredOptions(
    text('url', 'limits'),
    optional('method', 'GET'),
    optional(
      'body',
      {},
      'null',
      'text',
      'empty text',
      'blank text',
      '0',
      '-1',
      '1.5',
      'true',
      'empty list',
      'empty object',
      'date',
    ),
    replay,
    ...sub,
  )
  const under = (prefix: string, rows: Readonly<Record<string, Row>>): Readonly<Record<string, Row>> =>
    Object.fromEntries(Object.entries(rows).map(([name, own]) => [`${prefix}.${name}`, own]))
  return {
    query: row(
      [soql, options(flag('includeDeleted'), number('batchSize', 200)), call],
      (...given: [never]) => salesforce.query(...given),
      later,
    ),
    'query().all': row([options(limit)], (...given) => salesforce.query('SELECT Id FROM Account').all(...given)),
    queryMore: row(
      [required('nextRecordsUrl', '/services/data/v67.0/query/01g-200'), call],
      (...given: [never]) => salesforce.queryMore(...given),
      later,
    ),
    count: row(
      [text('The SOQL query', 'SELECT COUNT() FROM A'), options(flag('includeDeleted')), call],
      (...given: [never]) => salesforce.count(...given),
    ),
    search: row([text('', 'FIND {a}'), call], (...given: [never]) => salesforce.search(...given)),
    parameterizedSearch: row(
      [
        requiredOptions(
          text('q', 'a'),
          fields,
          optional('sobjects', [{ name: 'Account' }], 'empty list'),
          optional('in', 'ALL'),
          number('overallLimit', 5),
          number('defaultLimit', 5),
          number('offset', 5, '0'),
          optional('division', 'a', 'text'),
          optional('dataCategories', [], 'empty list'),
          optional('netWorkIds', [], 'empty list'),
          optional('pricebookId', id),
          number('snippet', 50),
          flag('spellCorrection'),
          flag('updateTracking'),
          flag('updateViewStat'),
        ),
        call,
      ],
      (...given: [never]) => salesforce.parameterizedSearch(...given),
    ),
    explain: row([soql, call], (...given: [never]) => salesforce.explain(...given)),
    limits: row([call], (...given) => salesforce.limits(...given)),
    recordCounts: row([optional('objects', ['Account'], 'empty list'), call], (...given) =>
      salesforce.recordCounts(...given),
    ),
    versions: row([call], (...given) => salesforce.versions(...given)),
    userInfo: row([call], (...given) => salesforce.userInfo(...given)),
    describeGlobal: row(
      [options(...callOptions, optional('ifModifiedSince', new Date(0), 'date'))],
      (...given: [never]) => salesforce.describeGlobal(...given),
    ),
    login: row([call], (...given) => salesforce.login(...given)),
    revoke: row([optional('token', 'T', 'text'), call], (...given) => salesforce.revoke(...given)),
    ...Object.fromEntries(
      (['request', 'requestStream'] as const).map((name) => [
        name,
        row(
          [
            requiredOptions(
              required('path', 'limits'),
              optional('method', 'GET'),
              query,
              optional('headers', {}, 'empty object'),
              optional('body', 'x', 'text', 'empty text', 'blank text', 'function'),
              replay,
            ),
            call,
          ],
          (...given: [never]) => salesforce[name](...given),
        ),
      ]),
    ),
    on: row(
      [required('event', 'usage'), required('listener', () => {}, 'function')],
      (...given: [never, never]) => salesforce.on(...given),
      later,
    ),

    sobject: row([object], (...given: [never]) => salesforce.sobject(...given), later),
    'sobject().create': row([record, options(...callOptions, ...writes)], (...given: [never]) =>
      account.create(...given),
    ),
    'sobject().get': row(
      [
        key,
        options(
          ...callOptions,
          ...conditions,
          optional('ifModifiedSince', new Date(0), 'date'),
          fields,
          flag('updateMru'),
        ),
      ],
      (...given: [never]) => account.get(...given),
    ),
    'sobject().update': row(
      [key, record, options(...callOptions, ...writes, ...conditions)],
      (...given: [never, never]) => account.update(...given),
    ),
    'sobject().upsert': row(
      [required('', { Code__c: 'a' }), record, options(...callOptions, ...writes, flag('validate'))],
      (...given: [never, never]) => account.upsert(...given),
    ),
    'sobject().delete': row([key, call], (...given: [never]) => account.delete(...given)),
    'sobject().describe': row(
      [options(...callOptions, optional('ifModifiedSince', new Date(0), 'date'))],
      (...given: [never]) => account.describe(...given),
    ),
    'sobject().updated': row(
      [date('start', new Date(-1e6)), date('end', new Date(1e6)), call],
      (...given: [never, never]) => account.updated(...given),
    ),
    'sobject().deleted': row(
      [date('start', new Date(-1e6)), date('end', new Date(1e6)), call],
      (...given: [never, never]) => account.deleted(...given),
    ),
    'sobject().recent': row([call], (...given) => account.recent(...given)),
    'sobject().related': row(
      [text('', id), text('', 'Contacts'), options(...callOptions, fields)],
      (...given: [never, never]) => account.related(...given),
      later,
    ),
    'sobject().parent': row(
      [text('', id), text('', 'Owner'), options(...callOptions, fields)],
      (...given: [never, never]) => account.parent(...given),
    ),
    'sobject().blob': row([text('', id), text('', 'Body'), call], (...given: [never, never]) => account.blob(...given)),

    collections: row([object], (...given: [never]) => salesforce.collections(...given), later),
    'collections().create': row([records, options(...many)], (...given: [never]) => accounts.create(...given)),
    'collections().update': row([{ ...records, valid: [{ Id: id }] }, options(...many)], (...given: [never]) =>
      accounts.update(...given),
    ),
    'collections().upsert': row(
      [text('externalIdField', 'Name'), records, options(...many)],
      (...given: [never, never]) => accounts.upsert(...given),
    ),
    'collections().delete': row([ids, options(...many)], (...given: [never]) => accounts.delete(...given)),
    'collections().retrieve': row(
      [ids, required('fields', ['Name']), options(...callOptions, number('parallelCalls', 5))],
      (...given: [never, never]) => accounts.retrieve(...given),
    ),
    tree: row([object], (...given: [never]) => salesforce.tree(...given), later),
    'tree().create': row(
      [records, options(...callOptions, ...writes, number('parallelCalls', 5), flag('raise'))],
      (...given: [never]) => salesforce.tree('Account').create(...given),
    ),

    composite: row(
      [options(flag('allOrNone'), flag('collateSubrequests'), flag('raise'))],
      (...given) => salesforce.composite(...given),
      later,
    ),
    'composite().query': row(
      [soql, options(...sub, flag('includeDeleted'), number('batchSize', 200))],
      (...given: [never]) => salesforce.composite().query(...given),
      later,
    ),
    'composite().sobject': row([object], (...given: [never]) => salesforce.composite().sobject(...given), later),
    'composite().collections': row(
      [object],
      (...given: [never]) => salesforce.composite().collections(...given),
      later,
    ),
    'composite().request': row([rawSubrequest], (...given: [never]) => salesforce.composite().request(...given), later),
    'composite().send': row([call], (...given) => salesforce.composite().send(...given)),
    ...under('composite().sobject()', subrequests(composite)),
    'composite().sobject().create().ref': row(
      [required('ref', 'id', '0')],
      (...given: [never]) =>
        composite()
          .create({ Name: 'A' })
          .ref(...given),
      later,
    ),
    'composite().collections().create': row(
      [{ ...records, takes: [] }, options(...subWrites, flag('allOrNone'))],
      (...given: [never]) => compositeMany().create(...given),
      later,
    ),
    'composite().collections().update': row(
      [{ ...records, takes: [], valid: [{ Id: id }] }, options(...subWrites, flag('allOrNone'))],
      (...given: [never]) => compositeMany().update(...given),
      later,
    ),
    'composite().collections().upsert': row(
      [text('externalIdField', 'Name'), { ...records, takes: [] }, options(...subWrites, flag('allOrNone'))],
      (...given: [never, never]) => compositeMany().upsert(...given),
      later,
    ),
    'composite().collections().delete': row(
      [{ ...ids, takes: [] }, options(...subWrites, flag('allOrNone'))],
      (...given: [never]) => compositeMany().delete(...given),
      later,
    ),
    'composite().collections().retrieve': row(
      [{ ...ids, takes: [] }, required('fields', ['Name']), options(...sub)],
      (...given: [never, never]) => compositeMany().retrieve(...given),
      later,
    ),
    batch: row([options(flag('haltOnError'), flag('raise'))], (...given) => salesforce.batch(...given), later),
    'batch().query': row(
      [soql, options(sub[0] as Parameter, flag('includeDeleted'))],
      (...given: [never]) => salesforce.batch().query(...given),
      later,
    ),
    'batch().search': row(
      [text('', 'FIND {a}'), options(...sub)],
      (...given: [never]) => salesforce.batch().search(...given),
      later,
    ),
    'batch().sobject': row([object], (...given: [never]) => salesforce.batch().sobject(...given), later),
    ...under('batch().sobject()', subrequests(inBatch)),
    'batch().limits': row([options(...sub)], (...given) => salesforce.batch().limits(...given), later),
    'batch().request': row([rawSubrequest], (...given: [never]) => salesforce.batch().request(...given), later),
    'batch().send': row([call], (...given) => salesforce.batch().send(...given)),
    graph: row([options(flag('raise'))], (...given) => salesforce.graph(...given), later),
    'graph().add': row([optional('graphId', 'a', 'text')], (...given) => salesforce.graph().add(...given), later),
    'graph().send': row([call], (...given) => salesforce.graph().send(...given)),
    'graph().add().sobject': row([object], (...given: [never]) => graph().sobject(...given), later),
    'graph().add().request': row([rawSubrequest], (...given: [never]) => graph().request(...given), later),

    'bulk.ingest': row(
      [
        requiredOptions(
          text('object', 'Account'),
          required('operation', 'insert'),
          optional('externalIdField', 'Id', 'text'),
          optional('columns', ['Name']),
          optional('rename', {}, 'empty object'),
          optional('columnDelimiter', 'COMMA'),
          optional('lineEnding', 'LF'),
          optional('assignmentRuleId', id),
          number('maxBytes', 500),
          number('maxRows', 500),
          number('jobsInFlight', 2),
          optional('concurrencyMode', 'serial'),
          number('retryLockedRows', 2, '0'),
          flag('positions'),
          flag('compress'),
          optional('waitTimeout', 5, 'Infinity', '1.5'),
          flag('abortOnTimeout'),
          optional('onCheckpoint', () => {}, 'function'),
        ),
        required('', [{ Name: 'A' }], 'text', 'empty text', 'blank text', 'empty list', 'list', 'map'),
        call,
      ],
      (...given: [never, never]) => bulk.ingest(...given),
      later,
    ),
    'bulk.resume': row(
      [
        required('', id),
        optional('', [{ Name: 'A' }], 'text', 'empty text', 'blank text', 'empty list', 'list', 'map'),
        options(
          ...callOptions,
          optional('onCheckpoint', () => {}, 'function'),
        ),
      ],
      (...given: [never]) => bulk.resume(...given),
      later,
    ),
    'bulk.query': row([soql, options(...bulkQuery), call], (...given: [never]) => bulk.query(...given), later),
    'bulk.increment': row(
      [soql, options(...bulkQuery, optional('after', new Date(0), 'date'), number('lag', 5_000)), call],
      (...given: [never]) => bulk.increment(...given),
      later,
    ),
    'bulk.resumeQuery': row(
      [required('', id), options(...bulkRead), call],
      (...given: [never]) => bulk.resumeQuery(...given),
      later,
    ),
    ...jobs('ingestJobs'),
    ...jobs('queryJobs'),
    ...platformRows(salesforce),
  }
}
