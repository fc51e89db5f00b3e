import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow'

/**
 * Puts the instance URL and the token on a request. Both always, whatever was there before: after a renewal n8n hands
 * in the options that it already authenticated once.
 */
export async function authenticateRequest(
  { instanceUrl, accessToken }: ICredentialDataDecryptedObject,
  request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
  return {
    ...request,
    baseURL: String(instanceUrl),
    headers: { ...request.headers, authorization: `Bearer ${accessToken}` },
  }
}
