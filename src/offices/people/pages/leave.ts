import { addresses } from '../../../lib/addresses.ts'
import { actorKey } from '../../../web/actor.ts'
import { aside, type Call, typedText, url } from '../../../web/call.ts'
import { localeCookie, sessionCookie, townCookie } from '../../../web/cookies.ts'
import { flash, redirect } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { record } from '../../audit/index.ts'
import { endSession } from '../log-in/sessions.ts'
import { rememberProvider } from '../sign-on/pages/end.ts'
import { peopleText } from '../strings.ts'
import { takeCookie } from './cookies.ts'
import { localPath } from './destination.ts'

/** The way out, and the language of the pages: what every visitor has, known or not. */
export const leaveRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.logOut,
    access: everyone('who is not logged in loses nothing by leaving', {
      house: 'ends the session of the token that the browser holds',
    }),
    audit: acts('people.logged-out'),
    handle: logOut,
  }),
  route({
    method: 'post',
    address: addresses.locale,
    access: everyone('a preference of the browser'),
    audit: nothing('a preference of the browser'),
    handle: call => chooseLocale(call, typedText(call, 'to'), typedText(call, 'back')),
  }),
  route({
    method: 'get',
    address: addresses.locale,
    access: everyone('a preference of the browser, for links'),
    audit: nothing('a preference of the browser'),
    handle: call => chooseLocale(call, call.query.to, call.query.back),
  }),
]

async function logOut(call: Call): Promise<Response> {
  const { actor, sessionHash } = call.visitor
  await rememberProvider(call)
  if (sessionHash) {
    const { kind, id } = actorKey(actor)
    await aside(call, async tx => {
      await endSession(tx, sessionHash)
      await record(tx, {
        actor: { kind, id },
        act: 'people.logged-out',
        subjectKind: kind === 'citizen' ? 'person' : kind,
        subjectId: id,
        personId: kind === 'citizen' ? id : undefined,
      })
    })
  }
  takeCookie(call, sessionCookie)
  flash(call, { text: peopleText(call.locale, 'logged-out'), tone: 'olive' })
  const answer = redirect(url(call, actor.kind === 'staff' ? addresses.staffLogIn : addresses.front))
  // Pictures of papers are the one thing a browser was told to keep: the next at this computer finds none.
  answer.headers.set('clear-site-data', '"cache"')
  return answer
}

const yearSeconds = 365 * 24 * 3600

function chooseLocale(call: Call, asked: string | undefined, back: string | undefined): Response {
  const locale = asked === 'en' ? 'en' : 'ar'
  call.setCookies.push(townCookie(call.house, call.town, localeCookie, locale, yearSeconds))
  return redirect(call.town.prefix + withoutLanguage(localPath(back) ?? '/'))
}

/** The page that was left, without a `lang` of its own, which would win over the choice just made. */
function withoutLanguage(path: string): string {
  const [pathname = '/', search = ''] = path.split('?', 2)
  const query = new URLSearchParams(search)
  query.delete('lang')
  return query.size > 0 ? `${pathname}?${query}` : pathname
}
