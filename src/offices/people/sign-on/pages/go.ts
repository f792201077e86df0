import { addresses } from '../../../../lib/addresses.ts'
import { NotFound, Unavailable } from '../../../../lib/errors.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { readCookie, townCookie } from '../../../../web/cookies.ts'
import { staffHome } from '../../../../web/home.ts'
import { flash, redirect } from '../../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../../web/route.ts'
import { doorkeeper } from '../../doorkeeper.ts'
import { deviceOf, giveSession, takeCookie } from '../../pages/cookies.ts'
import { carried, destination, type Wish, wishOf } from '../../pages/destination.ts'
import { siteOf } from '../../ways-in/site.ts'
import { beginSignOn, finishSignOn, readState } from '../client.ts'
import { enterSignedOn, type SignOnResult, spendState } from '../enter.ts'
import { getProvider, type Provider } from '../providers.ts'
import { signOnText } from '../strings.ts'

const cookie = 'shubbak_sign_on'
const cookieSeconds = 15 * 60

type Kind = 'staff' | 'citizen'
const logIns = { staff: addresses.staffLogIn, citizen: addresses.citizenLogIn }
const backs = { staff: addresses.staffSignOnBack, citizen: addresses.citizenSignOnBack }

const open = everyone('nobody is known before the log-in', {
  house: 'the log-in looks up who a provider says came',
})

/** The provider of the address, where it is on for these people. */
async function providerFor(call: Call, kind: Kind): Promise<Provider> {
  const id = idParam(call, 'provider')
  const provider = await read(call, tx => getProvider(tx, id))
  if (!provider.isOn || !(kind === 'staff' ? provider.forStaff : provider.forCitizens))
    throw new NotFound('no-such-provider')
  return provider
}

/** Where the provider sends people back to; one for each provider, so that the answer of one is never taken for another's. */
export const backUri = (call: Call, kind: Kind, provider: string): string =>
  siteOf(call).origin + url(call, backs[kind], { provider })

const begin =
  (kind: Kind) =>
  async (call: Call): Promise<Response> => {
    const provider = await providerFor(call, kind)
    const { page, parked } = wishOf(call)
    try {
      const { url: there, kept } = await beginSignOn(call.house, call.town.id, provider, {
        kind,
        page,
        parked,
        now: call.now,
        locale: call.locale,
        redirectUri: backUri(call, kind, provider.id),
      })
      call.setCookies.push(townCookie(call.house, call.town, cookie, kept, cookieSeconds))
      return new Response(null, {
        status: 302,
        headers: { location: there.href, 'cache-control': 'no-store' },
      })
    } catch (error) {
      call.house.log.warn(
        { part: 'sign-on', provider: provider.id, err: error },
        'a provider does not answer',
      )
      return toLogIn(call, kind, { page, parked }, 'silent')
    }
  }

type Said = Parameters<typeof signOnText>[1] & `refused-${string}`

function toLogIn(call: Call, kind: Kind, wish: Wish, why: string): Response {
  flash(call, { text: signOnText(call.locale, `refused-${why}` as Said), tone: 'honey' })
  return redirect(url(call, logIns[kind], {}, carried(wish)))
}

const finish =
  (kind: Kind) =>
  async (call: Call): Promise<Response> => {
    const provider = await providerFor(call, kind)
    const at = { provider: provider.id, kind, now: call.now }
    const state = readState(call.house, call.town.id, readCookie(call.request, cookie), at)
    takeCookie(call, cookie)
    if (!state) return toLogIn(call, kind, {}, 'lost')
    const wish = { page: state.page, parked: state.parked }
    const { database } = call.house
    if (!(await database.write(call.town.id, tx => spendState(tx, state))))
      return toLogIn(call, kind, wish, 'lost')
    const cameBack = new URL(backUri(call, kind, provider.id))
    cameBack.search = new URL(call.request.url).search
    let result: SignOnResult
    try {
      const who = await finishSignOn(call.house, call.town.id, provider, cameBack, state)
      const browser = { device: deviceOf(call), instead: call.visitor.sessionHash }
      result = await database.write(call.town.id, tx =>
        enterSignedOn(tx, call.house, provider, kind, who, browser),
      )
    } catch (error) {
      if (error instanceof Unavailable) throw error
      const { code, message } = error as { code?: string; message?: string }
      call.house.log.warn(
        { part: 'sign-on', provider: provider.id, code, message },
        'an answer was not taken',
      )
      return toLogIn(call, kind, wish, 'wrong')
    }
    if (result.kind === 'refused') return toLogIn(call, kind, wish, result.why)
    giveSession(call, kind, result.token)
    return redirect(await leadOn(call, kind, wish, result.token))
  }

async function leadOn(call: Call, kind: Kind, wish: Wish, token: string): Promise<string> {
  if (kind === 'citizen') return destination(call, wish, addresses.my)
  const visitor = await doorkeeper(call.house).visitorOf(call.town.id, token)
  return destination(call, wish, visitor ? staffHome(visitor.actor) : addresses.staffLogIn)
}

const get = (address: Route['address'], audit: Route['audit'], handle: Route['handle']): Route =>
  route({ method: 'get', address, access: open, audit, handle })

/** To a provider and back. A link leads there, since a form may lead only to ourselves. */
export const goRoutes: Route[] = [
  get(addresses.staffSignOn, nothing('leads to the provider'), begin('staff')),
  get(addresses.citizenSignOn, nothing('leads to the provider'), begin('citizen')),
  get(addresses.staffSignOnBack, acts('people.staff-logged-in'), finish('staff')),
  get(addresses.citizenSignOnBack, acts('people.logged-in'), finish('citizen')),
]
