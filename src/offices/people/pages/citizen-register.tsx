import { addresses } from '../../../lib/addresses.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  CodeField,
  Columns,
  Form,
  faultOf,
  Head,
  LinkButton,
  NationalIdField,
  Note,
  Pane,
  PhoneField,
  Read,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, typedText, url } from '../../../web/call.ts'
import { clientOf } from '../../../web/client.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import {
  beginRegistration,
  finishRegistration,
  readSelfRegistration,
  registrationTicket,
} from '../log-in/register.ts'
import { peopleText, peopleTexts } from '../strings.ts'
import { browserOf, giveDevice, giveSession, giveTicket, takeTicket, ticketOf } from './cookies.ts'

const open = everyone('nobody is known before they register')
const bodyLimit = 16 * 1024

/** Somebody registers themselves: what they say, then the code of their telephone and a PIN of their own. */
export const citizenRegisterRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.citizenRegister,
    access: open,
    audit: nothing('shows an empty form'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.citizenRegister,
    access: open,
    audit: acts('people.code-asked'),
    bodyLimit,
    handle: begin,
  }),
  route({
    method: 'get',
    address: addresses.citizenRegisterCode,
    access: open,
    audit: nothing('shows an empty form'),
    handle: call => (ticketIn(call) ? showCode(call) : redirect(url(call, addresses.citizenRegister))),
  }),
  route({
    method: 'post',
    address: addresses.citizenRegisterCode,
    access: open,
    audit: acts('people.registered'),
    bodyLimit,
    handle: finish,
  }),
]

async function begin(call: Call): Promise<Response> {
  const reading = readSelfRegistration(name => typedText(call, name))
  if (!reading.ok) return show(call, reading.faults)
  const { house, town } = call
  try {
    giveTicket(call, 'register', await beginRegistration(house, town.id, reading.value, clientOf(call)))
    return redirect(url(call, addresses.citizenRegisterCode))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return show(call, [{ field: 'phone', code: error.code }])
  }
}

function ticketIn(call: Call) {
  const text = ticketOf(call, 'register')
  return text === undefined ? undefined : registrationTicket(call.house.crypto, call.town.id, text, call.now)
}

async function finish(call: Call): Promise<Response> {
  const ticket = ticketIn(call)
  if (!ticket) return redirect(url(call, addresses.citizenRegister))
  const { house, town } = call
  const typed = {
    code: typedText(call, 'code'),
    pin: typedText(call, 'pin'),
    again: typedText(call, 'again'),
  }
  const done = await finishRegistration(house, town.id, ticket, typed, browserOf(call))
  if (done.kind === 'faults') return showCode(call, done.faults)
  takeTicket(call, 'register')
  if (done.kind === 'phone-known') return showPage(call, <KnownPhonePage />, 409)
  giveSession(call, 'citizen', done.token)
  giveDevice(call, done.deviceToken)
  flash(call, { text: peopleText(call.locale, 'registered'), tone: 'olive' })
  return redirect(url(call, addresses.my))
}

const status = (faults: Fault[]) => (faults.length > 0 ? 422 : 200)
const show = (call: Call, faults: Fault[] = []) =>
  showPage(call, <RegisterPage faults={faults} typed={name => typedText(call, name)} />, status(faults))
const showCode = (call: Call, faults: Fault[] = []) =>
  showPage(call, <RegisterCodePage faults={faults} />, status(faults))

function RegisterPage({ faults, typed }: { faults: Fault[]; typed: (name: string) => string }) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  const field = (name: 'firstName' | 'fatherName' | 'grandfatherName' | 'familyName') => ({
    name,
    label: t(`register-${name}`),
    value: typed(name),
    fault: faultOf(faults, name),
    maxLength: 120,
    width: 'mid' as const,
  })
  return (
    <CitizenLayout title={t('register-title')} faults={faults} unlisted>
      <Columns
        side={
          <Pane id="after" title={t('register-after-title')} icon="desk">
            <p>{t('register-after')}</p>
            <p className="mut mt-s">{t('never-asked')}</p>
          </Pane>
        }
      >
        <Head title={t('register-title')} sub={t('register-sub')} />
        <Form action={page.url(addresses.citizenRegister)}>
          <TextField {...field('firstName')} autoComplete="given-name" />
          <TextField {...field('fatherName')} />
          <TextField {...field('grandfatherName')} />
          <TextField {...field('familyName')} autoComplete="family-name" />
          <NationalIdField
            name="idNumber"
            label={t('id-number')}
            hint={t('register-id-hint')}
            value={typed('idNumber')}
            fault={faultOf(faults, 'idNumber')}
            autoComplete="off"
          />
          <PhoneField
            name="phone"
            label={t('register-phone')}
            hint={t('register-phone-hint')}
            value={typed('phone')}
            fault={faultOf(faults, 'phone')}
          />
          <p className="mt">
            <Button big>{t('register-send')}</Button>
          </p>
        </Form>
      </Columns>
    </CitizenLayout>
  )
}

function RegisterCodePage({ faults }: { faults: Fault[] }) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  const pin = (name: 'pin' | 'again') =>
    ({
      name,
      label: t(`pin-${name}`),
      fault: faultOf(faults, name),
      type: 'password',
      inputMode: 'numeric',
      autoComplete: 'new-password',
      width: 'short',
      maxLength: 12,
      ltr: true,
    }) as const
  return (
    <CitizenLayout title={t('register-code-title')} faults={faults} unlisted>
      <Read>
        <Head title={t('register-code-title')} sub={t('register-code-sub')} />
        <Form action={page.url(addresses.citizenRegisterCode)}>
          <CodeField
            name="code"
            label={t('device-code')}
            hint={t('device-code-hint')}
            fault={faultOf(faults, 'code')}
          />
          <TextField {...pin('pin')} hint={t('pin-new-hint')} />
          <TextField {...pin('again')} />
          <p className="mt">
            <Button big>{t('register-finish')}</Button>
          </p>
          <p className="mt">
            <LinkButton href={page.url(addresses.citizenRegister)} variant="plain">
              {t('register-anew')}
            </LinkButton>
          </p>
        </Form>
      </Read>
    </CitizenLayout>
  )
}

/** Said to whoever read the code out of the telephone, and to nobody else. */
function KnownPhonePage() {
  const t = useTexts(peopleTexts)
  const page = usePage()
  return (
    <CitizenLayout title={t('phone-known-title')} unlisted>
      <Read>
        <Head title={t('phone-known-title')} />
        <Note tone="honey">{t('phone-known')}</Note>
        <p className="mt">
          <LinkButton href={page.url(addresses.citizenLogIn)}>{t('log-in-title')}</LinkButton>
        </p>
      </Read>
    </CitizenLayout>
  )
}
