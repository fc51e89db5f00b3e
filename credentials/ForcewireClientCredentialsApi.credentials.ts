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
import { clientCredentialsLogin } from './shared/login.ts'
import { myDomain, sessionProperties } from './shared/properties.ts'

/** OAuth 2.0 client credentials flow: the connected app signs in by itself, as the run-as user that it is given. */
export class ForcewireClientCredentialsApi implements ICredentialType {
  name = 'forcewireClientCredentialsApi'

  displayName = 'Forcewire Salesforce Client Credentials API'

  icon = { light: 'file:../icons/forcewire.svg', dark: 'file:../icons/forcewire.dark.svg' } as const

  documentationUrl =
    'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm'

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
      displayName: 'Consumer Secret',
      name: 'clientSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
    },
    ...sessionProperties,
  ]

  authenticate: IAuthenticate = authenticateRequest

  test: ICredentialTestRequest = {
    request: { baseURL: '={{$credentials.myDomainUrl}}', url: '/services/data/v67.0/limits' },
  }

  async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
    return clientCredentialsLogin(this, credentials)
  }
}
