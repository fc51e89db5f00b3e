import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import type { Authorization, AuthorizationRequest, RedirectTarget } from './authorizations.ts'
import {
  accessDenied,
  missingParameter,
  OAuthError,
  unknownClient,
  unsupportedChallenge,
  unsupportedResponseType,
  wrongRedirectUri,
} from './errors.ts'
import type { OAuthModel, TokenRequest } from './model.ts'
import { connectPage, consentPage, loginPage, messagePage, pageHeaders } from './pages.ts'
import { checkedScope, scopeTexts } from './scopes.ts'

/** Keeps the forms of one authorization to the browser that began it. */
const COOKIE = 'forcewire_login'

/** Salesforce's words for a wrong login. */
const WRONG_LOGIN = `Please check your username and password. If you still can't log in, contact your Salesforce administrator.`

/** The roads that a person takes in a browser: login and consent for the web server flow and for devices. */
export class BrowserHandlers {
  readonly #org: Org
  readonly #model: OAuthModel

  constructor(org: Org, model: OAuthModel) {
    this.#org = org
    this.#model = model
  }

  /**
   * GET /services/oauth2/authorize (Salesforce Help, "OAuth 2.0 Web Server Flow"). A wrong app or callback is told to the
   * person, since there is nobody else to tell; everything else goes back to the app.
   */
  authorize(call: FastifyRequest, reply: FastifyReply): FastifyReply {
    const query = call.query as TokenRequest
    let redirectUri: string
    try {
      redirectUri = this.#redirectUri(query)
    } catch (error) {
      return refusalPage(reply, error)
    }
    try {
      return this.#begin(call, reply, webRequest(query, redirectUri))
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error
      return reply.redirect(refusalUrl(redirectUri, query.state, error), 302)
    }
  }

  /** POST /services/oauth2/authorize/login */
  login(call: FastifyRequest, reply: FastifyReply): FastifyReply {
    const form = formOf(call)
    const authorization = this.#authorization(call, form)
    if (!authorization) return outdated(reply)
    const user = this.#model.login(form.username, form.password)
    if (!user) return show(reply.code(200), loginPage(authorization.id, form.username ?? '', WRONG_LOGIN))
    authorization.userId = String(user.Id)
    const { request } = authorization
    const target = request.target.kind === 'redirect' ? request.target.redirectUri : undefined
    return show(reply, consentPage(authorization.id, String(user.Username), scopeTexts(request.scope)), target)
  }

  /** POST /services/oauth2/authorize/consent: on to the app, or the end of a device's way. */
  consent(call: FastifyRequest, reply: FastifyReply): FastifyReply {
    const form = formOf(call)
    const authorization = this.#authorization(call, form)
    if (!authorization?.userId) return outdated(reply)
    this.#model.authorizations.end(authorization)
    const { target, scope } = authorization.request
    const grant = form.decision === 'allow' ? { userId: authorization.userId, scope } : undefined
    if (target.kind === 'device') {
      this.#model.devices.answer(target.deviceCode, grant ?? 'denied')
      return show(reply, grant ? CONNECTED : NOT_CONNECTED)
    }
    if (!grant) return reply.redirect(refusalUrl(target.redirectUri, target.state, accessDenied()), 302)
    const code = this.#model.authorizations.issueCode(grant, target)
    return reply.redirect(withParameters(target.redirectUri, { code, state: target.state }), 302)
  }

  /** GET /setup/connect: where the user of a device goes. */
  connectForm(call: FastifyRequest, reply: FastifyReply): FastifyReply {
    return show(reply, connectPage((call.query as TokenRequest).user_code ?? ''))
  }

  /** POST /setup/connect */
  connect(call: FastifyRequest, reply: FastifyReply): FastifyReply {
    const userCode = formOf(call).user_code ?? ''
    const device = this.#model.devices.waiting(userCode)
    if (!device) return show(reply, connectPage(userCode, 'Check the code on your device and enter it again.'))
    const target = { kind: 'device', deviceCode: device.deviceCode } as const
    return this.#begin(call, reply, { scope: device.scope, loginHint: '', target })
  }

  #begin(call: FastifyRequest, reply: FastifyReply, request: AuthorizationRequest): FastifyReply {
    const authorization = this.#model.authorizations.begin(request, browserOf(call))
    reply.header('set-cookie', `${COOKIE}=${authorization.browser}; Path=/services/oauth2; HttpOnly; SameSite=Lax`)
    return show(reply, loginPage(authorization.id, request.loginHint))
  }

  #authorization(call: FastifyRequest, form: TokenRequest): Authorization | undefined {
    return this.#model.authorizations.find(form.request, browserOf(call))
  }

  #redirectUri({ client_id, redirect_uri }: TokenRequest): string {
    if (client_id !== this.#org.app.credentials.clientId) throw unknownClient()
    if (redirect_uri === undefined) throw missingParameter('redirect_uri')
    if (!this.#org.app.redirectUris.includes(redirect_uri)) throw wrongRedirectUri()
    return redirect_uri
  }
}

const CONNECTED = messagePage('You’re Connected', 'Your device may use your account. You can close this page.')
const NOT_CONNECTED = messagePage('Not Connected', 'Your device was denied access. You can close this page.')

function webRequest(query: TokenRequest, redirectUri: string): AuthorizationRequest {
  if (query.response_type === undefined) throw missingParameter('response_type')
  if (query.response_type !== 'code') throw unsupportedResponseType()
  if ((query.code_challenge_method ?? 'S256') !== 'S256') throw unsupportedChallenge()
  const target: RedirectTarget = {
    kind: 'redirect',
    redirectUri,
    state: query.state,
    challenge: query.code_challenge,
  }
  return { scope: checkedScope(query.scope), loginHint: query.login_hint ?? '', target }
}

/** The name that the browser was given: 32 random bytes; anything else is none of ours. */
function browserOf(call: FastifyRequest): string | undefined {
  const cookies = (call.headers.cookie ?? '').split(/;\s*/)
  const value = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

function formOf(call: FastifyRequest): TokenRequest {
  return (call.body ?? {}) as TokenRequest
}

function show(reply: FastifyReply, html: string, formTarget?: string): FastifyReply {
  return reply.headers(pageHeaders(formTarget)).send(html)
}

function outdated(reply: FastifyReply): FastifyReply {
  const message = 'This page is out of date. Go back to the app and begin again.'
  return show(reply.code(400), messagePage('Login', message))
}

function refusalPage(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof OAuthError)) throw error
  const message = `error=${error.error}&error_description=${error.message}`
  return show(reply.code(400), messagePage('OAuth Error', message))
}

function refusalUrl(redirectUri: string, state: string | undefined, { error, message }: OAuthError): string {
  return withParameters(redirectUri, { error, error_description: message, state })
}

function withParameters(url: string, parameters: Readonly<Record<string, string | undefined>>): string {
  const result = new URL(url)
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) result.searchParams.set(name, value)
  }
  return result.href
}
