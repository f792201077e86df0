import { sql } from 'kysely'
import { addresses } from '../../../../lib/addresses.ts'
import { NotFound } from '../../../../lib/errors.ts'
import { type Call, idParam, read, typedText, url } from '../../../../web/call.ts'
import { readCookie, townCookie } from '../../../../web/cookies.ts'
import { redirect } from '../../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../../web/route.ts'
import { takeCookie } from '../../pages/cookies.ts'
import { spendProof } from '../../ways-in/proofs.ts'
import { siteOf } from '../../ways-in/site.ts'
import { endAtProvider, readLogout } from '../client.ts'
import { openIdToken } from '../enter.ts'
import { endVouched } from '../people.ts'
import { getProvider } from '../providers.ts'

const cookie = 'shubbak_leaving'

/** Keeps, for a few minutes after a log-out, by whom somebody had come in: the next page offers to leave there too. */
export async function rememberProvider(call: Call): Promise<void> {
  const { sessionHash } = call.visitor
  if (!sessionHash) return
  const { rows } = await read(call, tx =>
    sql<{ provider_id: string; id_token_sealed: Buffer }>`
      select provider_id, id_token_sealed from session
       where municipality_id = ${call.town.id} and token_hash = ${sessionHash} and provider_id is not null
         and id_token_sealed is not null`.execute(tx.q),
  )
  const [row] = rows
  if (!row) return
  const kept = `${row.provider_id}.${row.id_token_sealed.toString('base64url')}`
  // A token of many claims does not fit into a cookie: then the provider's own page is where they leave.
  if (kept.length < 3_500) call.setCookies.push(townCookie(call.house, call.town, cookie, kept, 300))
}

/** The provider somebody came in by and left here a moment ago. */
export function leftProvider(call: Call): { id: string; sealed: Buffer } | undefined {
  const [id = '', sealed = ''] = (readCookie(call.request, cookie) ?? '').split('.')
  return /^[0-9a-f-]{36}$/.test(id) && sealed !== ''
    ? { id, sealed: Buffer.from(sealed, 'base64url') }
    : undefined
}

async function leaveThere(call: Call): Promise<Response> {
  const left = leftProvider(call)
  const back = siteOf(call).origin + url(call, addresses.front)
  takeCookie(call, cookie)
  if (!left || left.id !== idParam(call, 'provider')) return redirect(url(call, addresses.front))
  const provider = await read(call, tx => getProvider(tx, left.id))
  const idToken = openIdToken(call.house, call.town.id, left.sealed)
  const there = await endAtProvider(call.house, call.town.id, provider, { idToken, back }).catch(
    () => undefined,
  )
  return there ? new Response(null, { status: 302, headers: { location: there.href } }) : redirect(back)
}

const answer = (status: number, body: object | null) =>
  new Response(body && JSON.stringify(body), {
    status,
    headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
  })

/** POST by the provider: somebody has logged out there, and is out here with the same answer. */
async function hearLogout(call: Call): Promise<Response> {
  const { database } = call.house
  const id = idParam(call, 'provider')
  try {
    const provider = await database.read(call.town.id, tx => getProvider(tx, id))
    const { jti, sub, sid, end } = await readLogout(provider, typedText(call, 'logout_token'))
    await database.write(call.town.id, async tx => {
      if (await spendProof(tx, `logout ${provider.id} ${jti}`, end))
        await endVouched(tx, provider, { sub, sid })
    })
    return answer(200, null)
  } catch (error) {
    if (error instanceof NotFound) throw error
    const { code } = error as { code?: string }
    call.house.log.warn({ part: 'sign-on', provider: id, code }, 'a word of a log-out was not taken')
    return answer(400, { error: 'invalid_request' })
  }
}

export const endRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.signOnLeave,
    access: everyone('leads whoever has left here to leave at the provider too', {
      house: 'the provider is the one in their own cookie',
    }),
    audit: nothing('leads to the provider'),
    handle: leaveThere,
  }),
  route({
    method: 'post',
    address: addresses.signOnEnded,
    access: everyone('a provider calls it, with a token it has signed', {
      house: 'the signature says whose log-ins end',
    }),
    audit: acts('people.log-ins-ended'),
    bodyLimit: 32 * 1024,
    handle: hearLogout,
  }),
]
