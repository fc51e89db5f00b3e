import { AuthenticationError } from '../errors/authentication-error.ts'
import { ProtocolError } from '../errors/protocol-error.ts'
import { TransportError } from '../errors/transport-error.ts'
import type { Auth, LoginContext } from './auth.ts'
import { checkFlowOptions } from './flow-options.ts'
import { postForm, type TokenAnswer, tokenAnswer } from './oauth.ts'
import type { OnTokens } from './oauth-tokens.ts'
import { UserGrant } from './user-grant.ts'

/** What to tell the user: open this page, enter this code. */
export interface DeviceCode {
  /** Short, to be typed by a person: `PFJ9YA8M`. */
  readonly userCode: string
  /** The page that asks for it. */
  readonly verificationUrl: string
  /** Milliseconds until the code is void. */
  readonly expiresIn: number
  /** Milliseconds between two looks at whether the user has agreed. */
  readonly interval: number
}

/** Options of {@link deviceFlow}. */
export interface DeviceFlowOptions {
  /** Consumer key of the app, which must have the device flow enabled. */
  readonly clientId: string
  /** Consumer secret, where the app asks for one. */
  readonly clientSecret?: string | undefined
  /** Default: what the app allows. Without `refresh_token` a lost session asks the user again. */
  readonly scopes?: readonly string[] | undefined
  /** Default: the client's `instanceUrl`, else `https://login.salesforce.com`. */
  readonly loginUrl?: string | undefined
  /** Milliseconds after which a token is renewed before use. Default: when Salesforce refuses it. */
  readonly lifetime?: number | undefined
  /** Shows the code to the user; awaited. */
  readonly onCode: (code: DeviceCode) => unknown
  /** Takes the tokens of each login, to store the refresh token. */
  readonly onTokens?: OnTokens | undefined
}

/** Seconds for which a code is valid; Salesforce's answer does not say. */
const codeLifetime = 600
/** What a poll that comes too early adds to the interval (RFC 8628, 3.5), and the interval where none is given. */
const slowDown = 5

interface DeviceAnswer {
  readonly device_code: string
  readonly user_code: string
  readonly verification_uri: string
  readonly interval: number | string
  readonly expires_in: number | string
}

/**
 * OAuth 2.0 device flow: a person opens a page on another device and enters a code, while the first call waits. That
 * wait does not count against the call's `timeout`. Sessions are renewed by the refresh token (Salesforce help, "OAuth
 * 2.0 Device Flow for IoT Integration").
 */
export function deviceFlow(options: DeviceFlowOptions): Auth {
  const optional = ['clientSecret', 'scopes', 'loginUrl', 'lifetime', 'onTokens'] as const
  const own = checkFlowOptions('deviceFlow', options, ['clientId', 'onCode'], optional)
  const grant = new UserGrant('deviceFlow', own, (context, loginUrl) => obtain(context, loginUrl, own))
  return {
    flow: 'device',
    renewable: true,
    interactive: true,
    loginUrl: own.loginUrl,
    login: (context) => grant.login(context),
    settled: () => grant.settled(),
  }
}

async function obtain(context: LoginContext, loginUrl: string, options: DeviceFlowOptions): Promise<TokenAnswer> {
  const { clientId, clientSecret, scopes, onCode } = options
  const answer = await postForm<DeviceAnswer>(context, loginUrl, {
    response_type: 'device_code',
    client_id: clientId,
    scope: scopes?.join(' '),
  })
  const { device_code: code, user_code: userCode, verification_uri: verificationUrl } = answer ?? {}
  if (code === undefined || userCode === undefined || verificationUrl === undefined) {
    throw new ProtocolError(`The device flow at ${loginUrl} began without a code; check that loginUrl is right`)
  }
  const interval = seconds(answer?.interval, slowDown)
  const expiresIn = seconds(answer?.expires_in, codeLifetime)
  const expiresAt = context.clock.now() + expiresIn
  context.signal.throwIfAborted()
  await onCode({ userCode, verificationUrl, expiresIn, interval })
  const form = { grant_type: 'device', client_id: clientId, client_secret: clientSecret, code }
  return poll(context, interval, expiresAt, () => tokenAnswer(context, loginUrl, form))
}

/** Asks at the interval until the user has decided or the code is void. */
async function poll(
  context: LoginContext,
  firstInterval: number,
  expiresAt: number,
  ask: () => Promise<TokenAnswer>,
): Promise<TokenAnswer> {
  let interval = firstInterval
  for (;;) {
    await context.clock.sleep(interval, context.signal)
    // Not every host's clock listens to signals.
    context.signal.throwIfAborted()
    if (context.clock.now() >= expiresAt) {
      throw new AuthenticationError('deviceFlow: nobody entered the code before it expired; start again for a new one')
    }
    try {
      return await ask()
    } catch (error) {
      if (error instanceof AuthenticationError && error.has('slow_down')) interval += slowDown * 1_000
      // A connection that fails once is no answer of the user.
      else if (!(error instanceof TransportError) && !isPending(error)) throw error
    }
  }
}

function isPending(error: unknown): boolean {
  return error instanceof AuthenticationError && error.has('authorization_pending')
}

function seconds(value: number | string | undefined, otherwise: number): number {
  const number = Number(value)
  return (number > 0 ? number : otherwise) * 1_000
}
