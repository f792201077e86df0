import type { Actor } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Form,
  faultOf,
  Head,
  Note,
  PasskeyButton,
  PasswordField,
  Read,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, read, typedText, url } from '../../../web/call.ts'
import { staffHome } from '../../../web/home.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { logInByPasskey, logInStaff, type StaffLogInResult } from '../log-in/staff.ts'
import { appointmentsOf, todayOf } from '../offices.ts'
import { type Offered, offeredSignOn, SignOnLinks } from '../sign-on/pages/links.tsx'
import { peopleTexts } from '../strings.ts'
import { writeFirstTicket } from '../ways-in/first.ts'
import { leadToFirst } from '../ways-in/pages/first.tsx'
import { requestOptions } from '../ways-in/passkeys.ts'
import { passkeyAnswer, siteOf } from '../ways-in/site.ts'
import { wayText, wayTexts } from '../ways-in/strings.ts'
import { deviceOf, giveSession } from './cookies.ts'
import { carried, destination, type Wish, wishOf } from './destination.ts'

const open = everyone('nobody is known before the log-in', {
  house: 'the log-in looks up who somebody says they are',
})

export const staffLogInRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.staffLogIn,
    access: open,
    audit: nothing('shows an empty form'),
    handle: call =>
      call.visitor.actor.kind === 'staff'
        ? redirect(leadOn(call, wishOf(call), call.visitor.actor))
        : show(call, { wish: wishOf(call) }),
  }),
  route({
    method: 'post',
    address: addresses.staffLogIn,
    access: open,
    audit: acts('people.staff-logged-in'),
    bodyLimit: 16 * 1024,
    handle: logIn,
  }),
]

const fields = ['login', 'password'] as const

async function logIn(call: Call): Promise<Response> {
  const wish = wishOf(call)
  const login = typedText(call, 'login')
  const browser = { device: deviceOf(call), instead: call.visitor.sessionHash }
  const passkey = passkeyAnswer(call)
  if (passkey) {
    const result = await logInByPasskey(call.house, call.town.id, passkey, browser)
    return enter(call, wish, result, { login, refused: [{ field: 'passkey', code: 'passkey-wrong' }] })
  }
  const missing = fields.filter(name => typedText(call, name).trim() === '')
  if (missing.length > 0) {
    return show(
      call,
      { wish, login, faults: missing.map(field => ({ field, code: `${field}-missing` })) },
      422,
    )
  }
  const code = typedText(call, 'code')
  const typed = { login, password: typedText(call, 'password'), code }
  const result = await logInStaff(call.house, call.town.id, { ...typed, ...browser })
  const refused = [
    { field: 'password', code: 'staff-log-in' },
    ...(code.trim() === '' ? [{ field: 'code', code: 'code-missing' }] : []),
  ]
  return enter(call, wish, result, { login, refused })
}

/** Leads on whoever proved who they are, and shows the form again to everybody else. */
async function enter(
  call: Call,
  wish: Wish,
  result: StaffLogInResult,
  again: { login: string; refused: Fault[] },
): Promise<Response> {
  const { login } = again
  if (result.kind === 'refused') return show(call, { wish, login, faults: again.refused }, 422)
  if (result.kind === 'no-post')
    return show(call, { wish, login, faults: [{ field: 'login', code: 'no-post' }] }, 422)
  const { staffId } = result
  if (result.kind === 'first') {
    const ticket = await writeFirstTicket(call.house, call.town.id, staffId)
    return ticket ? leadToFirst(call, ticket, wish) : show(call, { wish, login, faults: again.refused }, 422)
  }
  giveSession(call, 'staff', result.token)
  if (result.how === 'recovery') {
    flash(call, { text: wayText(call.locale, 'recovered'), tone: 'honey' })
    return redirect(url(call, addresses.mySecurity))
  }
  const appointments = await read(call, async tx => appointmentsOf(tx, staffId, await todayOf(tx)))
  return redirect(leadOn(call, wish, { kind: 'staff', staffId, appointments }))
}

/** Who has no tasks would be shut out of the inbox, which is where the log-in is mostly asked for: they begin elsewhere. */
function leadOn(call: Call, wish: Wish, actor: Actor): string {
  const home = staffHome(actor)
  const isInbox = wish.page?.split('?', 1).join() === addresses.inbox.pattern
  return destination(call, isInbox && home !== addresses.inbox ? { ...wish, page: undefined } : wish, home)
}

type View = { wish: Wish; login?: string; faults?: Fault[] }

async function show(call: Call, view: View, status = 200): Promise<Response> {
  const options = await requestOptions(call.house.crypto, call.town.id, siteOf(call), call.now)
  const offered = await offeredSignOn(call, 'staff')
  return showPage(call, <StaffLogInPage {...view} options={options} offered={offered} />, status)
}

type Beside = { options: unknown; offered: Offered }

function StaffLogInPage({ wish, login, faults, options, offered }: View & Beside) {
  const t = useTexts(peopleTexts)
  const way = useTexts(wayTexts)
  const page = usePage()
  return (
    <CitizenLayout title={t('staff-title')} faults={faults} unlisted>
      <Read>
        <Head title={t('staff-title')} sub={wish.parked ? t('log-in-parked') : t('staff-sub')} />
        <SignOnLinks kind="staff" offered={offered} wish={wish} />
        <Form action={page.url(addresses.staffLogIn)} hidden={carried(wish)}>
          <TextField
            name="login"
            label={t('login')}
            value={login}
            fault={faultOf(faults, 'login')}
            autoComplete="username"
            width="mid"
            maxLength={100}
            spellCheck={false}
            ltr
          />
          <PasswordField name="password" label={t('password')} fault={faultOf(faults, 'password')} />
          <TextField
            name="code"
            label={t('code')}
            hint={t('code-hint')}
            fault={faultOf(faults, 'code')}
            autoComplete="one-time-code"
            width="mid"
            maxLength={24}
            spellCheck={false}
            ltr
          />
          {faults?.some(fault => fault.code === 'staff-log-in') && (
            <Note tone="honey" small>
              {t('log-in-waits')}
            </Note>
          )}
          <p className="mt">
            <Button big>{t('log-in')}</Button>
          </p>
        </Form>
        <div className="mt">
          <Form action={page.url(addresses.staffLogIn)} hidden={carried(wish)} label={way('log-in-passkey')}>
            <PasskeyButton act="get" options={options}>
              {way('log-in-passkey')}
            </PasskeyButton>
          </Form>
        </div>
        <p className="mut mt">{t('staff-help')}</p>
      </Read>
    </CitizenLayout>
  )
}
