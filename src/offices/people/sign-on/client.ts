import type * as oidc from 'openid-client'
import { z } from 'zod'
import type { House } from '../../../platform/house.ts'
import { type Provider, providerSecret } from './providers.ts'

/** How far the clocks of a provider and of this machine may stand apart, in seconds. */
export const clocksApart = 60
const timeoutSeconds = 10
/** What a provider says of itself is asked for again after this; its keys are asked for at each log-in, so that a change of keys shuts nobody out. */
const metadataMs = 10 * 60_000
/** How long somebody may take at the provider. */
const stateMs = 15 * 60_000
const statePurpose = 'sign-on-state'

type Keys = Pick<House, 'crypto'>
type Metadata = oidc.ServerMetadata

const known = new Map<string, { at: number; metadata: Promise<Metadata> }>()

/** Whether a provider may be spoken to there: over https, or on this machine alone, where a test or a proxy stands. */
export function isAllowedIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, search, hash, username } = new URL(text)
  if (search !== '' || hash !== '' || username !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(hostname))
}

type Library = typeof oidc

const insecure = ({ allowInsecureRequests }: Library, issuer: string) =>
  issuer.startsWith('http:') ? [allowInsecureRequests] : []

/** What a provider says of itself, a few minutes old at most. @throws where it does not answer, or calls itself something else */
export function metadataOf(issuer: string): Promise<Metadata> {
  const found = known.get(issuer)
  if (found && performance.now() - found.at < metadataMs) return found.metadata
  const metadata = discover(issuer)
  if (known.size > 200) known.clear()
  known.set(issuer, { at: performance.now(), metadata })
  metadata.catch(() => known.delete(issuer))
  return metadata
}

async function discover(issuer: string): Promise<Metadata> {
  const oidc = await import('openid-client')
  const config = await oidc.discovery(new URL(issuer), 'shubbak', undefined, oidc.None(), {
    execute: insecure(oidc, issuer),
    timeout: timeoutSeconds,
  })
  return { ...config.serverMetadata() }
}

/** A client of the provider for one log-in: with its own copy of the metadata it keeps no keys of an earlier one. */
async function clientOf(
  oidc: Library,
  keys: Keys,
  town: string,
  provider: Provider,
): Promise<oidc.Configuration> {
  if (!isAllowedIssuer(provider.issuer)) throw new Error('issuer not allowed')
  const config = new oidc.Configuration(
    { ...(await metadataOf(provider.issuer)) },
    provider.clientId,
    { [oidc.clockTolerance]: clocksApart },
    oidc.ClientSecretBasic(providerSecret(keys, town, provider)),
  )
  for (const allow of insecure(oidc, provider.issuer)) allow(config)
  // The signature counts whoever handed the token over.
  oidc.enableNonRepudiationChecks(config)
  config.timeout = timeoutSeconds
  return config
}

const state = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  provider: z.string(),
  /** What the log-in is for, and where it leads. */
  kind: z.enum(['staff', 'citizen']),
  page: z.string().optional(),
  parked: z.string().optional(),
  until: z.number(),
})
export type SignOnState = z.infer<typeof state>
type Asked = Pick<SignOnState, 'kind' | 'page' | 'parked'>

/** The address at the provider, and what the browser keeps until it is back: only it can end this log-in. */
export async function beginSignOn(
  keys: Keys,
  town: string,
  provider: Provider,
  asked: Asked & { redirectUri: string; now: Date; locale: string },
): Promise<{ url: URL; kept: string }> {
  const oidc = await import('openid-client')
  const config = await clientOf(oidc, keys, town, provider)
  const verifier = oidc.randomPKCECodeVerifier()
  const kept: SignOnState = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier,
    provider: provider.id,
    until: asked.now.getTime() + stateMs,
    kind: asked.kind,
    page: asked.page,
    parked: asked.parked,
  }
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: asked.redirectUri,
    scope: provider.scope,
    state: kept.state,
    nonce: kept.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ui_locales: asked.locale,
    ...(asked.kind === 'citizen' && provider.acr.length > 0 && { acr_values: provider.acr.join(' ') }),
  })
  return { url, kept: keys.crypto.seal(town, statePurpose, JSON.stringify(kept)).toString('base64url') }
}

/** What this browser set out with, for this provider; undefined when it set out with nothing, or too long ago. */
export function readState(
  keys: Keys,
  town: string,
  kept: string | undefined,
  { provider, kind, now }: { provider: string; kind: 'staff' | 'citizen'; now: Date },
): SignOnState | undefined {
  if (!kept) return undefined
  try {
    const text = keys.crypto.open(town, statePurpose, Buffer.from(kept, 'base64url'))
    const read = state.parse(JSON.parse(text))
    return read.provider === provider && read.kind === kind && read.until > now.getTime() ? read : undefined
  } catch {
    return undefined
  }
}

/** Who came back, in the provider's words, checked. */
export type SignedOnAs = {
  subject: string
  claims: Record<string, unknown>
  acr: string | undefined
  sid: string | undefined
  idToken: string
}

/**
 * Turns the code a browser came back with into who they are. Checked are state, `iss` of the answer, PKCE, and of the token signature,
 * issuer, audience, nonce and times. @throws for anything that does not hold
 */
export async function finishSignOn(
  keys: Keys,
  town: string,
  provider: Provider,
  cameBack: URL,
  { state, nonce, verifier }: SignOnState,
): Promise<SignedOnAs> {
  const oidc = await import('openid-client')
  const config = await clientOf(oidc, keys, town, provider)
  const tokens = await oidc.authorizationCodeGrant(config, cameBack, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  })
  const token = tokens.claims()
  if (!token || !tokens.id_token) throw new Error('no id token')
  const wanted = [provider.staffClaim, provider.citizenClaim].filter(name => name !== '')
  const asks = wanted.some(name => !(name in token)) && config.serverMetadata().userinfo_endpoint
  const more = asks ? await oidc.fetchUserInfo(config, tokens.access_token, token.sub) : {}
  return {
    subject: token.sub,
    claims: { ...more, ...token },
    acr: typeof token.acr === 'string' ? token.acr : undefined,
    sid: typeof token.sid === 'string' ? token.sid : undefined,
    idToken: tokens.id_token,
  }
}

/** Where a browser logs out at the provider too; undefined where the provider has no such page. */
export async function endAtProvider(
  keys: Keys,
  town: string,
  provider: Provider,
  { idToken, back }: { idToken: string; back: string },
): Promise<URL | undefined> {
  const oidc = await import('openid-client')
  const config = await clientOf(oidc, keys, town, provider)
  if (!config.serverMetadata().end_session_endpoint) return undefined
  return oidc.buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: back })
}

const loggedOut = 'http://schemas.openid.net/event/backchannel-logout'
const logoutClaims = z.looseObject({
  jti: z.string().min(1).max(300),
  iat: z.number(),
  sub: z.string().max(300).optional(),
  sid: z.string().max(300).optional(),
  nonce: z.undefined().optional(),
  events: z.looseObject({ [loggedOut]: z.looseObject({}) }),
})

/** Whom a provider says has logged out at it (OpenID Connect Back-Channel Logout 1.0). @throws for a token that is none of its own */
export async function readLogout(
  provider: Provider,
  token: string,
): Promise<{ jti: string; sub: string | undefined; sid: string | undefined; end: Date }> {
  if (!isAllowedIssuer(provider.issuer)) throw new Error('issuer not allowed')
  const { jwks_uri } = await metadataOf(provider.issuer)
  if (!jwks_uri) throw new Error('provider names no keys')
  const { createRemoteJWKSet, jwtVerify } = await import('jose')
  const keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: timeoutSeconds * 1000 })
  const { payload } = await jwtVerify(token, keys, {
    issuer: provider.issuer,
    audience: provider.clientId,
    clockTolerance: clocksApart,
    maxTokenAge: '10 minutes',
  })
  const { jti, sub, sid, iat } = logoutClaims.parse(payload)
  if (sub === undefined && sid === undefined) throw new Error('names nobody')
  return { jti, sub, sid, end: new Date((iat + 20 * 60) * 1000) }
}
