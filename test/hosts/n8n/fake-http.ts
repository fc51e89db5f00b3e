import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type {
  ICredentialDataDecryptedObject,
  ICredentialType,
  IDataObject,
  IHttpRequestOptions,
  INode,
} from 'n8n-workflow'
import { NodeApiError } from 'n8n-workflow'

/** A stored credential: its type and its fields, into which a login writes the token as in n8n. */
export interface StoredCredential {
  readonly type: ICredentialType
  readonly data: ICredentialDataDecryptedObject
}

/** What n8n's HTTP helpers do as far as nodes can tell, over real HTTP: login when needed, one renewal after a 401. */
export class FakeHttp {
  readonly #credentials: Readonly<Record<string, StoredCredential>>
  readonly #node: INode
  /** How often a credential signed in. */
  logins = 0

  constructor(node: INode, credentials: readonly StoredCredential[]) {
    this.#node = node
    this.#credentials = Object.fromEntries(credentials.map((stored) => [stored.type.name, stored]))
  }

  /** Stands for `helpers.httpRequest`, with a 401 or any unwanted status thrown the way axios does it. */
  readonly httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
    const url = options.url.startsWith('http') ? options.url : `${options.baseURL}${options.url}`
    const body = options.body as string | Buffer | undefined
    const response = await fetch(url, {
      method: options.method ?? 'GET',
      headers: options.headers as Record<string, string>,
      redirect: options.disableFollowRedirect ? 'manual' : 'follow',
      ...(body === undefined ? {} : { body: body as string }),
    }).catch((error: Error) => {
      throw axiosError(error.message, options, { code: (error.cause as { code?: string } | undefined)?.code })
    })
    const headers = Object.fromEntries(response.headers)
    const data =
      options.encoding === 'stream' ? streamOf(response) : parsed(await response.text(), options.encoding === undefined)
    if (!accepted(response.status, options.ignoreHttpStatusErrors)) {
      const message = `Request failed with status code ${response.status}`
      throw axiosError(message, options, {
        code: 'ERR_BAD_REQUEST',
        response: { status: response.status, headers, data },
      })
    }
    return options.returnFullResponse ? { body: data, headers, statusCode: response.status, statusMessage: '' } : data
  }

  /** Stands for `helpers.httpRequestWithAuthentication`. */
  readonly httpRequestWithAuthentication = async (type: string, options: IHttpRequestOptions): Promise<unknown> => {
    try {
      const stored = this.#credentials[type]
      if (stored === undefined) throw new Error(`Node "${this.#node.name}" does not have any credentials set`)
      if (stored.data.accessToken === '') await this.#login(stored)
      const first = await this.#authenticated(stored, options)
      try {
        return await this.httpRequest(first)
      } catch (error) {
        if ((error as { response?: { status?: number } }).response?.status !== 401) throw error
        await this.#login(stored)
        return await this.httpRequest(await this.#authenticated(stored, first))
      }
    } catch (error) {
      throw new NodeApiError(this.#node, error as never)
    }
  }

  async #login({ type, data }: StoredCredential): Promise<void> {
    this.logins++
    const helper = { helpers: { httpRequest: this.httpRequest } } as never
    Object.assign(data, await type.preAuthentication?.call(helper, data))
  }

  async #authenticated({ type, data }: StoredCredential, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
    if (typeof type.authenticate !== 'function') throw new Error('These tests know credentials with a function only')
    return (await type.authenticate(data, options)) as IHttpRequestOptions
  }
}

/** What axios gives: a Node stream whose `destroy` ends the exchange. */
function streamOf({ body }: Response): Readable {
  return body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream)
}

function accepted(status: number, ignore: IHttpRequestOptions['ignoreHttpStatusErrors']): boolean {
  if (ignore === true) return true
  if (typeof ignore === 'object') return !ignore.except.includes(status)
  return status >= 200 && status < 300
}

function axiosError(message: string, config: IHttpRequestOptions, more: object): Error {
  return Object.assign(new Error(message), { name: 'AxiosError', isAxiosError: true, config, ...more })
}

function parsed(text: string, guess: boolean): string | IDataObject {
  try {
    return guess ? (JSON.parse(text) as IDataObject) : text
  } catch {
    return text
  }
}
