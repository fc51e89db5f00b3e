import type {
  IAuthenticate,
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  IDataObject,
  IHttpRequestHelper,
  INodeProperties,
} from 'n8n-workflow'
import { authenticateRequest } from './shared/authenticate-request.ts'
import { jwtLogin } from './shared/login.ts'
import { myDomain, sessionProperties } from './shared/properties.ts'

/** OAuth 2.0 JWT bearer flow: a private key, whose certificate the connected app knows, signs in as a named user. */
export class ForcewireJwtApi implements ICredentialType {
  name = 'forcewireJwtApi'

  displayName = 'Forcewire Salesforce JWT API'

  icon = { light: 'file:../icons/forcewire.svg', dark: 'file:../icons/forcewire.dark.svg' } as const

  documentationUrl = 'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm'

  properties: INodeProperties[] = [
    myDomain,
    {
      displayName: 'Consumer Key',
      name: 'clientId',
      type: 'string',
      default: '',
      required: true,
      description: 'Client ID of the connected app or external client app',
    },
    {
      displayName: 'Username',
      name: 'username',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'integration@acme.example',
      description: 'User to sign in as; the app has to be approved for this user',
    },
    {
      displayName: 'Private Key',
      name: 'privateKey',
      type: 'string',
      typeOptions: { password: true, rows: 5 },
      default: '',
      required: true,
      placeholder: '-----BEGIN PRIVATE KEY-----',
      description: 'Unencrypted PEM text, PKCS#8 or PKCS#1, whose certificate the app holds',
    },
    {
      displayName: 'Audience',
      name: 'audience',
      type: 'options',
      options: [
        { name: 'My Domain', value: 'myDomain', description: 'External client apps take only this one' },
        { name: 'Production', value: 'https://login.salesforce.com' },
        { name: 'Sandbox', value: 'https://test.salesforce.com' },
      ],
      default: 'https://login.salesforce.com',
      description: 'Which authorization server the signed assertion is for',
    },
    ...sessionProperties,
  ]

  authenticate: IAuthenticate = authenticateRequest

  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.myDomainUrl}}', url: '/services/data/v67.0/limits' },
  }

  async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
    return jwtLogin(this, credentials)
  }
}
