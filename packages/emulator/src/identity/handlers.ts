import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Org } from '../org/org.ts'
import { restDateTime } from '../records/date-values.ts'
import { toId18 } from '../records/record-id.ts'
import type { StoredRow } from '../schema/types.ts'
import { bearerToken } from '../server/authorize.ts'
import { originOf } from '../server/origin.ts'
import { type Identity, identityOf } from './model.ts'

/** A call to an identity URL. */
export type IdentityCall = FastifyRequest<{ Params: { organization: string; user: string } }>

const LOS_ANGELES = -28_800_000

/** GET /services/oauth2/userinfo: OpenID Connect's names, as recorded. */
export function userInfo(org: Org, call: FastifyRequest, reply: FastifyReply): object | string {
  return withIdentity(org, call, reply, ({ user, urls }, origin) => ({
    sub: `${origin}/id/${org.id}/${user.Id}`,
    user_id: user.Id,
    organization_id: org.id,
    preferred_username: user.Username,
    nickname: user.CommunityNickname,
    name: user.Name,
    email: user.Email,
    email_verified: true,
    given_name: user.FirstName,
    family_name: user.LastName,
    zoneinfo: user.TimeZoneSidKey,
    photos: photos(origin),
    profile: `${origin}/${user.Id}`,
    picture: photos(origin).picture,
    address: {},
    is_salesforce_integration_user: false,
    urls,
    active: user.IsActive === 1,
    user_type: 'STANDARD',
    language: user.LanguageLocaleKey,
    locale: user.LocaleSidKey,
    utcOffset: LOS_ANGELES,
    updated_at: `${String(user.LastModifiedDate).slice(0, 19)}Z`,
  }))
}

/**
 * GET /id/{org}/{user}: the identity URL, with names of its own. Another org or user than the token's is refused in one word
 * (Salesforce Help, "Identity URLs").
 */
export function identity(org: Org, call: IdentityCall, reply: FastifyReply): object | string {
  const { organization, user: asked } = call.params
  return withIdentity(org, call, reply, ({ user, urls }, origin) => {
    if (toId18(organization) !== org.id) return refusal(reply, 403, 'Wrong_Org')
    if (toId18(asked) !== user.Id) return refusal(reply, 404, 'Bad_Id')
    return identityShape(org, user, urls, origin)
  })
}

function identityShape(org: Org, user: StoredRow, urls: Identity['urls'], origin: string): object {
  return {
    id: `${origin}/id/${org.id}/${user.Id}`,
    asserted_user: true,
    user_id: user.Id,
    organization_id: org.id,
    username: user.Username,
    nick_name: user.CommunityNickname,
    display_name: user.Name,
    email: user.Email,
    email_verified: true,
    first_name: user.FirstName,
    last_name: user.LastName,
    timezone: user.TimeZoneSidKey,
    photos: photos(origin),
    addr_street: user.Street,
    addr_city: user.City,
    addr_state: user.State,
    addr_country: user.Country,
    addr_zip: user.PostalCode,
    mobile_phone: user.MobilePhone,
    mobile_phone_verified: false,
    is_lightning_login_user: false,
    status: { created_date: null, body: null },
    urls,
    active: user.IsActive === 1,
    user_type: 'STANDARD',
    language: user.LanguageLocaleKey,
    locale: user.LocaleSidKey,
    utcOffset: LOS_ANGELES,
    last_modified_date: restDateTime(String(user.LastModifiedDate)),
    is_app_installed: true,
  }
}

/** A dead token is 403 and plain text here, unlike everywhere else. */
function withIdentity(
  org: Org,
  call: FastifyRequest,
  reply: FastifyReply,
  shape: (identity: Identity, origin: string) => object | string,
): object | string {
  const token = bearerToken(call) ?? (call.query as { access_token?: string }).access_token
  const origin = originOf(call)
  const found = token === undefined ? undefined : identityOf(org, token, origin)
  if (found) return shape(found, origin)
  return refusal(reply, 403, token === undefined ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token')
}

function refusal(reply: FastifyReply, status: number, word: string): string {
  reply.code(status).type('text/html;charset=UTF-8')
  return word
}

function photos(origin: string): { picture: string; thumbnail: string } {
  return { picture: `${origin}/profilephoto/005/F`, thumbnail: `${origin}/profilephoto/005/T` }
}
