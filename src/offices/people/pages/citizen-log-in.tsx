import { addresses } from '../../../lib/addresses.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Columns,
  Form,
  faultOf,
  Head,
  HowLink,
  NationalIdField,
  Note,
  Pane,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, typedText, url } from '../../../web/call.ts'
import { clientOf } from '../../../web/client.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import { logInCitizen } from '../log-in/citizen.ts'
import { writeCodeTicket } from '../log-in/device-code.ts'
import { type Offered, offeredSignOn, SignOnLinks } from '../sign-on/pages/links.tsx'
import { peopleTexts } from '../strings.ts'
import { goIn } from './arriving.ts'
import { browserOf, giveTicket } from './cookies.ts'
import { carried, destination, type Wish, wishOf } from './destination.ts'

const open = everyone('nobody is known before the log-in', {
  house: 'the log-in looks up who somebody says they are',
})

export const citizenLogInRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.citizenLogIn,
    access: open,
    audit: nothing('shows an empty form'),
    handle: call =>
      call.visitor.actor.kind === 'citizen'
        ? redirect(destination(call, wishOf(call), addresses.my))
        : show(call, { wish: wishOf(call) }),
  }),
  route({
    method: 'post',
    address: addresses.citizenLogIn,
    access: open,
    audit: acts('people.logged-in'),
    bodyLimit: 16 * 1024,
    handle: logIn,
  }),
]

async function logIn(call: Call): Promise<Response> {
  const wish = wishOf(call)
  const idNumber = typedText(call, 'idNumber')
  const pin = typedText(call, 'pin')
  const missing = (['idNumber', 'pin'] as const).filter(name => typedText(call, name).trim() === '')
  if (missing.length > 0) {
    return show(
      call,
      { wish, idNumber, faults: missing.map(field => ({ field, code: `${codes[field]}-missing` })) },
      422,
    )
  }
  try {
    const result = await logInCitizen(call.house, call.town.id, {
      idNumber,
      pin,
      address: clientOf(call),
      ...browserOf(call),
    })
    if (result.kind === 'refused')
      return show(call, { wish, idNumber, faults: [{ field: 'pin', code: 'citizen-log-in' }] }, 422)
    if (result.kind !== 'code') return goIn(call, result, wish)
    const { personId, codeId, setAt } = result
    const ticket = { kind: 'device', codeId, personId, setAt: setAt.getTime() } as const
    giveTicket(call, 'code', writeCodeTicket(call.house.crypto, call.town.id, ticket, call.now))
    return redirect(url(call, addresses.citizenCode, {}, carried(wish)))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return show(call, { wish, idNumber, faults: [{ field: 'pin', code: error.code }] }, 422)
  }
}

const codes = { idNumber: 'national-id', pin: 'pin' } as const

type View = { wish: Wish; idNumber?: string; faults?: Fault[] }

async function show(call: Call, view: View, status = 200): Promise<Response> {
  const offered = await offeredSignOn(call, 'citizen')
  return showPage(call, <CitizenLogInPage {...view} offered={offered} />, status)
}

function CitizenLogInPage({ wish, idNumber, faults, offered }: View & { offered: Offered }) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  return (
    <CitizenLayout title={t('log-in-title')} faults={faults} unlisted>
      <Columns
        side={
          <Pane id="no-pin" title={t('no-pin-title')} icon="desk">
            <p>{t('no-pin')}</p>
            <p className="mut mt-s">{t('never-asked')}</p>
            <p className="mt-s">
              {t('register-why')} <a href={page.url(addresses.citizenRegister)}>{t('register-open')}</a>
            </p>
            <HowLink topic="pin" />
          </Pane>
        }
      >
        <Head title={t('log-in-title')} sub={wish.parked ? t('log-in-parked') : t('log-in-sub')} />
        <SignOnLinks kind="citizen" offered={offered} wish={wish} />
        <Form action={page.url(addresses.citizenLogIn)} hidden={carried(wish)}>
          <NationalIdField
            name="idNumber"
            label={t('id-number')}
            hint={t('id-number-hint')}
            value={idNumber}
            fault={faultOf(faults, 'idNumber')}
            autoComplete="username"
          />
          <TextField
            name="pin"
            label={t('pin')}
            hint={t('pin-hint')}
            fault={faultOf(faults, 'pin')}
            type="password"
            inputMode="numeric"
            autoComplete="current-password"
            width="short"
            maxLength={12}
            ltr
          />
          {faults?.some(fault => fault.code === 'citizen-log-in') && (
            <Note tone="honey" small>
              {t('log-in-waits')} <a href={page.url(addresses.citizenKnown)}>{t('known-way')}</a>
            </Note>
          )}
          <p className="mt">
            <Button big>{t('log-in')}</Button>
          </p>
        </Form>
      </Columns>
    </CitizenLayout>
  )
}
