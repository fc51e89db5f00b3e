import { ConfigurationError } from '@forcewire/core/portable'
import { type Operation, operation } from '../operation.ts'

export const send: Operation = operation({
  id: 'request.send',
  label: 'Send',
  action: 'Send a request to any REST resource',
  description: 'Sends an authorized request to any REST resource of the org and returns its status and body.',
  documentation: 'https://developer.salesforce.com/docs/platform/api-rest/guide/resources-list.html',
  parameters: {
    method: {
      kind: 'choice',
      label: 'Method',
      description: 'HTTP method of the request',
      default: 'GET',
      options: [
        { value: 'DELETE', label: 'DELETE' },
        { value: 'GET', label: 'GET' },
        { value: 'PATCH', label: 'PATCH' },
        { value: 'POST', label: 'POST' },
        { value: 'PUT', label: 'PUT' },
      ],
    },
    path: {
      kind: 'text',
      label: 'Path',
      description: 'From the root of the instance; {version} stands for the API version of the connection',
      required: true,
      placeholder: '/services/data/v{version}/recent',
    },
    query: {
      kind: 'json',
      label: 'Query Parameters',
      description: 'Parameters to add to the path, as {"name": "value"}',
      placeholder: '{ "limit": 5 }',
    },
    body: {
      kind: 'json',
      label: 'Body',
      description: 'JSON to send',
      when: { parameter: 'method', is: ['PATCH', 'POST', 'PUT'] },
      placeholder: '{ "Name": "Example" }',
    },
    headers: {
      kind: 'json',
      label: 'Headers',
      description: 'Further request headers, as {"name": "value"}',
      advanced: true,
      placeholder: '{ "Sforce-Auto-Assign": "FALSE" }',
    },
    repeatable: {
      kind: 'flag',
      label: 'Safe to Repeat',
      description: 'Whether a writing request may be sent again when its outcome is unknown',
      default: false,
      advanced: true,
    },
  },
  rows: 'none',
  single: true,
  example: { parameters: { method: 'GET', path: '/services/data/v{version}/sobjects/Account' }, volatile: ['body'] },
  async *run({ salesforce, signal }, { method, path, query, body, headers, repeatable }) {
    const response = await salesforce.request(
      {
        method: method as 'GET',
        path: path.replaceAll('{version}', salesforce.apiVersion),
        query: pairs('Query Parameters', query),
        body: body === undefined ? undefined : { json: body },
        headers: pairs('Headers', headers),
        replay: method === 'GET' || repeatable ? 'always' : 'if-unsent',
      },
      { signal },
    )
    yield { status: response.status, body: response.body }
  },
})

/** JSON of a form as names and texts. */
function pairs(label: string, value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined
  const entries = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : undefined
  if (entries?.every(([, entry]) => ['string', 'number', 'boolean'].includes(typeof entry)) === true) {
    return Object.fromEntries(entries.map(([name, entry]) => [name, String(entry)]))
  }
  throw new ConfigurationError(`"${label}" takes an object of texts, such as {"name": "value"}.`)
}
