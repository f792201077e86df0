import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Form,
  Head,
  PasskeyButton,
  Read,
  Section,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, typedText, url } from '../../../../web/call.ts'
import { readCookie, townCookie } from '../../../../web/cookies.ts'
import { flash, redirect, showPage } from '../../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../../web/route.ts'
import type { StaffMember } from '../../model.ts'
import { getStaffMember } from '../../offices.ts'
import { deviceOf, giveSession, takeCookie } from '../../pages/cookies.ts'
import { carried, destination, type Wish, wishOf } from '../../pages/destination.ts'
import { type FirstTicket, makeWaysIn, readFirstTicket } from '../first.ts'
import { creationOptions } from '../passkeys.ts'
import { passkeyAnswer, siteOf } from '../site.ts'
import { wayText, wayTexts } from '../strings.ts'
import { CodesPage } from './codes.tsx'
import { deviceName } from './device.ts'
import { NewApp, NewPassword } from './parts.tsx'

const cookie = 'shubbak_staff_first'
const cookieSeconds = 30 * 60

/** Sends somebody with a right handed-out password to choose ways in of their own. */
export function leadToFirst(call: Call, ticket: string, wish: Wish): Response {
  call.setCookies.push(townCookie(call.house, call.town, cookie, ticket, cookieSeconds))
  return redirect(url(call, addresses.staffFirst, {}, carried(wish)))
}

const access = everyone('opened by the ticket of a right handed-out password, which the handler asks for', {
  house: 'the ticket of the step before names the person',
})

export const firstRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.staffFirst,
    access,
    audit: nothing('shows an empty form'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.staffFirst,
    access,
    audit: acts('people.ways-in-made'),
    bodyLimit: 64 * 1024,
    handle: choose,
  }),
]

const ticketOf = (call: Call): FirstTicket | undefined =>
  readFirstTicket(call.house.crypto, call.town.id, readCookie(call.request, cookie), call.now)

function toLogIn(call: Call, said: 'first-gone' | 'first-already'): Response {
  flash(call, { text: wayText(call.locale, said), tone: 'info' })
  return redirect(url(call, addresses.staffLogIn, {}, carried(wishOf(call))))
}

async function show(call: Call, faults?: Fault[]): Promise<Response> {
  const ticket = ticketOf(call)
  if (!ticket) return toLogIn(call, 'first-gone')
  const member = await read(call, tx => getStaffMember(tx, ticket.staffId))
  const town = { id: call.town.id, name: call.town.name[call.locale] }
  const who = { staffId: member.id, login: member.login, name: member.name[call.locale] }
  const options = await creationOptions(call.house.crypto, town, who, [], siteOf(call), call.now)
  return showPage(
    call,
    <FirstPage ticket={ticket} member={member} options={options} wish={wishOf(call)} faults={faults} />,
    faults ? 422 : 200,
  )
}

async function choose(call: Call): Promise<Response> {
  const ticket = ticketOf(call)
  if (!ticket) return toLogIn(call, 'first-gone')
  const device = deviceOf(call)
  const result = await makeWaysIn(call.house, call.town.id, ticket, {
    password: typedText(call, 'password'),
    again: typedText(call, 'again'),
    code: typedText(call, 'code'),
    passkey: passkeyAnswer(call),
    passkeyName: deviceName(call.locale, device),
    device,
    instead: call.visitor.sessionHash,
  })
  if (result.kind === 'faults') return show(call, result.faults)
  takeCookie(call, cookie)
  if (result.kind === 'gone') return toLogIn(call, 'first-already')
  const { codes, entered } = result
  if (entered.kind === 'open') giveSession(call, 'staff', entered.token)
  const member = await read(call, tx => getStaffMember(tx, ticket.staffId))
  return showPage(
    call,
    <CodesPage
      codes={codes}
      login={member.login}
      on={destination(call, wishOf(call), addresses.staffLogIn)}
    />,
  )
}

type View = {
  ticket: FirstTicket
  member: StaffMember
  options: PublicKeyCredentialCreationOptionsJSON
  wish: Wish
  faults?: Fault[] | undefined
}

function FirstPage({ ticket, member, options, wish, faults }: View) {
  const t = useTexts(wayTexts)
  const page = usePage()
  return (
    <CitizenLayout title={t('first-title')} faults={faults} styles="staff" unlisted>
      <Read>
        <Head title={t('first-title')} sub={t('first-sub')} />
        <Form action={page.url(addresses.staffFirst)} hidden={carried(wish)}>
          <Section id="own-password" title={t('first-password')}>
            <NewPassword faults={faults} />
          </Section>
          <Section id="second" title={t('first-second')} sub={t('first-second-sub')}>
            <NewApp
              secret={ticket.totpSecret}
              login={member.login}
              town={page.town.name[page.locale]}
              faults={faults}
            />
            <p className="mt">
              <Button big>{t('first-save')}</Button>
            </p>
            <div className="mt">
              <p className="mut mb-s">{t('or-passkey')}</p>
              <PasskeyButton act="create" options={options}>
                {t('add-passkey')}
              </PasskeyButton>
            </div>
          </Section>
        </Form>
      </Read>
    </CitizenLayout>
  )
}
