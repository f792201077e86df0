import { addresses } from '../../../lib/addresses.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import {
  Button,
  CheckField,
  CitizenLayout,
  CodeField,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Read,
  Row,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, typedText, url } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import {
  admitByCode,
  becomeKnown,
  type CodeTicket,
  readCodeTicket,
  sendAnother,
  writeCodeTicket,
} from '../log-in/device-code.ts'
import { peopleText, peopleTexts } from '../strings.ts'
import { goIn } from './arriving.ts'
import { browserOf, giveDevice, giveTicket, takeTicket, ticketOf } from './cookies.ts'
import { carried, type Wish, wishOf } from './destination.ts'

const access = everyone('opened by the ticket of a step before, which the handler asks for', {
  house: 'the ticket of the step before names the person',
})

/** Where somebody types the code that was sent to their telephone. */
export const citizenCodeRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.citizenCode,
    access,
    audit: nothing('shows an empty form'),
    handle: call => {
      const ticket = ticketIn(call)
      return ticket ? show(call, { ticket, wish: wishOf(call) }) : toLogIn(call)
    },
  }),
  route({
    method: 'post',
    address: addresses.citizenCode,
    access,
    audit: acts('people.logged-in'),
    bodyLimit: 16 * 1024,
    handle: take,
  }),
]

function ticketIn(call: Call): CodeTicket | undefined {
  const text = ticketOf(call, 'code')
  return text === undefined ? undefined : readCodeTicket(call.house.crypto, call.town.id, text, call.now)
}

const toLogIn = (call: Call) => redirect(url(call, addresses.citizenLogIn, {}, carried(wishOf(call))))

async function take(call: Call): Promise<Response> {
  const ticket = ticketIn(call)
  if (!ticket) return toLogIn(call)
  const wish = wishOf(call)
  const { house, town } = call
  const typed = typedText(call, 'code')
  if (ticket.kind === 'known') {
    const known = await becomeKnown(house, town.id, ticket, typed, browserOf(call))
    if (known.kind === 'wrong') return wrong(call, ticket, wish, known.code)
    takeTicket(call, 'code')
    giveDevice(call, known.deviceToken)
    flash(call, { text: peopleText(call.locale, 'known-now'), tone: 'olive' })
    return toLogIn(call)
  }
  if (typedText(call, 'do') === 'again') return again(call, ticket, wish)
  const trusted = typedText(call, 'mine') === 'yes'
  const arrived = await admitByCode(house, town.id, ticket, typed, { ...browserOf(call), trusted })
  if (arrived.kind === 'wrong') return wrong(call, ticket, wish, arrived.code)
  takeTicket(call, 'code')
  return goIn(call, arrived, wish)
}

async function again(
  call: Call,
  ticket: Extract<CodeTicket, { kind: 'device' }>,
  wish: Wish,
): Promise<Response> {
  try {
    const next = await sendAnother(call.house, call.town.id, ticket)
    if (!next) return toLogIn(call)
    giveTicket(call, 'code', writeCodeTicket(call.house.crypto, call.town.id, next, call.now))
    flash(call, { text: peopleText(call.locale, 'code-sent-again'), tone: 'olive' })
    return redirect(url(call, addresses.citizenCode, {}, carried(wish)))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return wrong(call, ticket, wish, error.code)
  }
}

type View = { ticket: CodeTicket; wish: Wish; faults?: Fault[] }

const show = (call: Call, view: View, status = 200) => showPage(call, <CodePage {...view} />, status)
const wrong = (call: Call, ticket: CodeTicket, wish: Wish, code: string) =>
  show(call, { ticket, wish, faults: [{ field: 'code', code }] }, 422)

function CodePage({ ticket, wish, faults }: View) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  const device = ticket.kind === 'device'
  return (
    <CitizenLayout title={t('device-code-title')} faults={faults} unlisted>
      <Read>
        <Head title={t('device-code-title')} sub={t(device ? 'device-code-sub' : 'known-code-sub')} />
        <Form action={page.url(addresses.citizenCode)} hidden={carried(wish)}>
          <CodeField
            name="code"
            label={t('device-code')}
            hint={t('device-code-hint')}
            fault={faultOf(faults, 'code')}
          />
          {device && <CheckField name="mine" label={t('device-mine')} hint={t('device-mine-hint')} />}
          <p className="mt">
            <Button big>{t(device ? 'log-in' : 'known-check')}</Button>
          </p>
          <div className="mt">
            <Row>
              {device && (
                <Button variant="quiet" name="do" value="again" formNoValidate>
                  {t('code-again')}
                </Button>
              )}
              <LinkButton href={page.url(addresses.citizenLogIn, {}, carried(wish))} variant="plain">
                {t('code-leave')}
              </LinkButton>
            </Row>
          </div>
        </Form>
        <div className="mt">
          <Note small>{t('code-lost')}</Note>
        </div>
      </Read>
    </CitizenLayout>
  )
}
