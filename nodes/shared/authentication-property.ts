import type { INodeProperties } from 'n8n-workflow'

/** Which kind of credential the node uses; the node's `credentials` list shows the one that is chosen. */
export function authenticationProperty(): INodeProperties {
  return {
    displayName: 'Authentication',
    name: 'authentication',
    type: 'options',
    options: [
      {
        name: 'Client Credentials',
        value: 'clientCredentials',
        description: 'The app signs in as its own run-as user',
      },
      { name: 'JWT', value: 'jwt', description: 'A certificate signs in as a named user' },
    ],
    default: 'clientCredentials',
  }
}
