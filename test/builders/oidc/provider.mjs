// An OpenID provider in a process of its own, as a ministry or the national identity runs one: npm oidc-provider with accounts that a test
// gives it. `POST /control` tells it what to do otherwise: other keys, another clock, another nonce.
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose'
import Provider from 'oidc-provider'

const port = Number(process.argv[2])
const issuer = `http://127.0.0.1:${port}`
let { clients } = JSON.parse(process.argv[3])
const accounts = new Map()
const control = { account: undefined, acr: undefined, nonce: undefined }
let keys = [await newKey('first')]
let provider = open()

async function newKey(kid) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' }
}

function open() {
  return new Provider(issuer, {
    clients,
    jwks: { keys },
    cookies: { keys: ['a key of this test'] },
    pkce: { required: () => true },
    conformIdTokenClaims: false,
    acrValues: ['urn:weak', 'urn:strong'],
    claims: {
      openid: ['sub', 'national_id', 'acr', 'sid'],
      profile: ['preferred_username', 'name'],
      email: ['email', 'email_verified'],
    },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, id) => {
      const claims = accounts.get(id)
      return claims && { accountId: id, claims: () => ({ sub: id, ...claims }) }
    },
  })
}

/** Logs in whom the test says, or whom the form on the page names, and grants what is asked for. */
async function interact(request, response, chosen) {
  const { prompt, params, grantId, session } = await provider.interactionDetails(request, response)
  if (prompt.name === 'login') {
    if (!chosen) return page(response)
    return provider.interactionFinished(request, response, {
      login: { accountId: chosen, ...(control.acr && { acr: control.acr }) },
    })
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  const consent = { grantId: await grant.save() }
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true })
}

function page(response) {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(
    '<!doctype html><title>Ministry</title><form method="post"><label>Account <input name="account"></label><button>Enter</button></form>',
  )
}

const bodyOf = async request => {
  let text = ''
  for await (const piece of request) text += piece
  return text
}

async function obey(request, response) {
  const {
    accounts: given,
    clients: told,
    rotate,
    skewSeconds,
    sign,
    ...rest
  } = JSON.parse(await bodyOf(request))
  for (const [id, claims] of Object.entries(given ?? {})) accounts.set(id, claims)
  Object.assign(control, rest)
  if (rotate) {
    keys = [await newKey(rotate)]
    provider = open()
  }
  if (told) {
    clients = told
    provider = open()
  }
  if (skewSeconds !== undefined) skew(skewSeconds * 1000)
  const answer = {}
  if (sign) {
    const [key] = keys
    const iat = Math.floor(Date.now() / 1000)
    answer.token = await new SignJWT({ iss: issuer, iat, jti: crypto.randomUUID(), ...sign })
      .setProtectedHeader({ alg: 'RS256', kid: key.kid, typ: 'logout+jwt' })
      .sign(await importJWK(key, 'RS256'))
  }
  response.end(JSON.stringify(answer))
}

const truly = Date.now
const OwnDate = Date
function skew(ms) {
  globalThis.Date = class extends OwnDate {
    constructor(...given) {
      super(...(given.length === 0 ? [truly() + ms] : given))
    }
    static now = () => truly() + ms
  }
}

createServer(async (request, response) => {
  try {
    if (request.url === '/control') return await obey(request, response)
    if (request.url.startsWith('/interaction/')) {
      const typed =
        request.method === 'POST' ? new URLSearchParams(await bodyOf(request)).get('account') : undefined
      return await interact(request, response, typed ?? control.account)
    }
    if (control.nonce && request.url.startsWith('/auth?'))
      request.url = request.url.replace(/nonce=[^&]*/, `nonce=${control.nonce}`)
    return await provider.callback()(request, response)
  } catch (error) {
    response.statusCode = 500
    response.end(String(error))
  }
}).listen(port, '127.0.0.1', () => process.stdout.write('listening\n'))
