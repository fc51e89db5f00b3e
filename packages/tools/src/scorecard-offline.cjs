// Preloaded into node-red-dev, which is CommonJS and asks the network three things. The answers are frozen here, so
// that the card depends on the package alone: Node-RED's releases, and the node types that other Salesforce packages
// have taken (a user cannot install two packages with one type).
const { Module } = require('node:module')

const taken = {
  'node-red-contrib-salesforce': ['soql', 'sosl', 'dml', 'chatter', 'streaming', 'obm', 'connection-config'],
  'node-red-contrib-force': ['force', 'signed request', 'force-bulk in', 'force-chatter in'],
  '@kyuda/node-red-contrib-salesforce': [
    ...['salesforce-config', 'salesforce-operation', 'salesforce-apex', 'salesforce-apex-invocation'],
    ...['salesforce-apex-code', 'salesforce-bulk', 'salesforce-chatter', 'salesforce-stream'],
    ...['salesforce-platform-event-pub', 'salesforce-platform-event-sub'],
  ],
  'node-red-contrib-salesforce-connection-emitter': [
    ...['sf-connection-emitter', 'sf-platform-event-pub', 'sf-platform-event-sub'],
    ...['sf-universal-query', 'sf-universal-describe', 'sf-universal-http'],
  ],
  'node-red-salesforce': ['connection', 'crud', 'query'],
}

const answers = {
  catalogue: { modules: Object.entries(taken).map(([id, types]) => ({ id, types })) },
  'node-red': {
    'dist-tags': { latest: '5.0.7', maintenance: '4.1.15' },
    versions: { '5.0.7': { engines: { node: '>=22.9' } } },
  },
}

function get(url) {
  if (url.includes('catalogue')) return Promise.resolve({ data: answers.catalogue })
  if (url.endsWith('/node-red')) return Promise.resolve({ data: answers['node-red'] })
  return Promise.reject(new Error(`The scorecard asked for ${url}, which has no frozen answer.`))
}

const load = Module._load
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest)
  return request === 'axios' ? Object.assign(Object.create(loaded), { get }) : loaded
}
