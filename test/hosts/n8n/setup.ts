import type { Emulator } from '@forcewire/emulator'
import { type Operation, operations } from '@forcewire/operations'
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow'
import { ForcewireClientCredentialsApi } from '../../../credentials/ForcewireClientCredentialsApi.credentials.ts'
import { ForcewireJwtApi } from '../../../credentials/ForcewireJwtApi.credentials.ts'
import { Salesforce } from '../../../nodes/Salesforce/Salesforce.node.ts'
import { isOption } from '../../../nodes/shared/operation-properties.ts'
import { parameterName } from '../../../nodes/shared/parameter-name.ts'
import type { StoredCredential } from './fake-http.ts'
import { FakeN8n, type FakeSetup } from './fake-n8n.ts'

/** A credential as a user fills it in: nobody has signed in with it yet. */
export function clientCredentials({ url, credentials }: Emulator): StoredCredential {
  const { clientId, clientSecret } = credentials
  return {
    type: new ForcewireClientCredentialsApi(),
    data: { myDomainUrl: url, clientId, clientSecret, accessToken: '', instanceUrl: '' },
  }
}

export function jwt({ url, credentials }: Emulator): StoredCredential {
  const { clientId, username, privateKey } = credentials
  const audience = 'https://login.salesforce.com'
  return {
    type: new ForcewireJwtApi(),
    data: { myDomainUrl: url, clientId, username, privateKey, audience, accessToken: '', instanceUrl: '' },
  }
}

/** The action node, set to an operation with the catalogue's names and values for its parameters. */
export function actionNode(
  operationId: string,
  parameters: Readonly<Record<string, unknown>>,
  setup: Omit<FakeSetup, 'nodeType' | 'parameters'>,
): FakeN8n {
  const [resource = '', action = ''] = operationId.split('.')
  const operation = operations.find(({ id }) => id === operationId) as Operation
  const stored: Record<string, unknown> = {}
  const options: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(parameters)) {
    const place = isOption(operation, key) ? options : stored
    place[parameterName(operation, key)] = value
  }
  return new FakeN8n({
    ...setup,
    nodeType: new Salesforce(),
    parameters: { resource, operation: action, ...stored, options } as INodeParameters,
  })
}

/** Items as another node would hand them over. */
export function items(...rows: readonly object[]): INodeExecutionData[] {
  return rows.map((json) => ({ json: json as INodeExecutionData['json'] }))
}

/** An item with a file in its field `data`, kept in the item itself. */
export function fileItem(text: string): INodeExecutionData {
  const data = Buffer.from(text).toString('base64')
  return { json: {}, binary: { data: { data, mimeType: 'text/csv', fileName: 'rows.csv' } } }
}
