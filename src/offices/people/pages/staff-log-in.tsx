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
  PasswordField,
  Read,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, read, typedText } from '../../../web/call.ts'
import { staffHome } from '../../../web/home.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { logInStaff } from '../log-in/staff.ts'
import { appointmentsOf, todayOf } from '../offices.ts'
import { peopleTexts } from '../strings.ts'
import { deviceOf, giveSession } from './cookies.ts'
import { carried, destination, type Wish, wishOf } from './destination.ts'

const open = everyone('nobody is known before the log-in')

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

const fields = ['login', 'password', 'code'] as const

async function logIn(call: Call): Promise<Response> {
  const wish = wishOf(call)
  const login = typedText(call, 'login')
  const missing = fields.filter(name => typedText(call, name).trim() === '')
  if (missing.length > 0) {
    return show(
      call,
      { wish, login, faults: missing.map(field => ({ field, code: `${field}-missing` })) },
      422,
    )
  }
  const result = await logInStaff(call.house, call.town.id, {
    login,
    password: typedText(call, 'password'),
    code: typedText(call, 'code'),
    device: deviceOf(call),
    instead: call.visitor.sessionHash,
  })
  if (result.kind === 'refused') {
    return show(call, { wish, login, faults: [{ field: 'password', code: 'staff-log-in' }] }, 422)
  }
  giveSession(call, 'staff', result.token)
  const { staffId } = result
  const appointments = await read(call, async tx => appointmentsOf(tx, staffId, await todayOf(tx)))
  return redirect(leadOn(call, wish, { kind: 'staff', staffId, appointments }))
}

/** Who has no tasks would be shut out of the inbox, which is where the log-in is mostly asked for: they begin elsewhere. */
function leadOn(call: Call, wish: Wish, actor: Actor): string {
  const home = staffHome(actor)
  const isInbox = wish.page?.replace(/\?.*$/, '') === addresses.inbox.pattern
  return destination(call, isInbox && home !== addresses.inbox ? { ...wish, page: undefined } : wish, home)
}

type View = { wish: Wish; login?: string; faults?: Fault[] }

const show = (call: Call, view: View, status = 200) => showPage(call, <StaffLogInPage {...view} />, status)

function StaffLogInPage({ wish, login, faults }: View) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  return (
    <CitizenLayout title={t('staff-title')} faults={faults} unlisted>
      <Read>
        <Head title={t('staff-title')} sub={wish.parked ? t('log-in-parked') : t('staff-sub')} />
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
            inputMode="numeric"
            width="short"
            maxLength={10}
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
        <p className="mut mt">{t('staff-help')}</p>
      </Read>
    </CitizenLayout>
  )
}
