import type { INodeProperties } from 'n8n-workflow'

/** Where to sign in. */
export const myDomain: INodeProperties = {
  displayName: 'My Domain URL',
  name: 'myDomainUrl',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'https://acme.my.salesforce.com',
  description: 'Address of the org, as in Salesforce Setup under My Domain; not the one of its Lightning pages',
}

/** What a login leaves: n8n stores both, encrypted, and signs in again when the token is empty or refused. */
export const sessionProperties: INodeProperties[] = [
  {
    displayName: 'Access Token',
    name: 'accessToken',
    type: 'hidden',
    typeOptions: { expirable: true, password: true },
    default: '',
  },
  { displayName: 'Instance URL', name: 'instanceUrl', type: 'hidden', default: '' },
]
