import { addresses } from '../../../lib/addresses.ts'
import { type Fault, Forbidden } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Form,
  faultOf,
  Head,
  Note,
  Read,
  TextField,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, typedText, url } from '../../../web/call.ts'
import { flash, redirect, showPage } from '../../../web/page.tsx'
import { acts, everyone, nothing, type Route, route } from '../../../web/route.ts'
import type { Proof } from '../log-in/arrive.ts'
import { choosePin, readTicket } from '../log-in/choose-pin.ts'
import { peopleText, peopleTexts } from '../strings.ts'
import { browserOf, giveDevice, giveSession, takeTicket, ticketOf } from './cookies.ts'
import { carried, destination, type Wish, wishOf } from './destination.ts'

const access = everyone(
  'opened by a log-in, or by the ticket of a right first PIN, which the handler asks for',
  { house: 'the ticket of the step before names the person' },
)

export const citizenPinRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.citizenPin,
    access,
    audit: nothing('shows an empty form'),
    handle: call => {
      const chooser = chooserOf(call)
      return chooser ? show(call, { first: chooser.first, wish: wishOf(call) }) : toLogIn(call)
    },
  }),
  route({
    method: 'post',
    address: addresses.citizenPin,
    access,
    audit: acts('people.pin-chosen'),
    bodyLimit: 16 * 1024,
    handle: choose,
  }),
]

type Chooser = { personId: string; first: boolean } & Partial<Proof>

/** Who may choose a PIN here: whoever is logged in for themselves, or came with the counter's PIN a moment ago. */
function chooserOf(call: Call): Chooser | undefined {
  const { actor } = call.visitor
  if (actor.kind === 'citizen') {
    if (actor.inPlaceOf) throw new Forbidden('own-account-only')
    return { personId: actor.personId, first: false }
  }
  const ticket = ticketOf(call, 'first')
  const first = ticket && readTicket(call.house.crypto, call.town.id, ticket, call.now)
  return first ? { ...first, first: true } : undefined
}

const toLogIn = (call: Call) => redirect(url(call, addresses.citizenLogIn, {}, carried(wishOf(call))))

async function choose(call: Call): Promise<Response> {
  const chooser = chooserOf(call)
  if (!chooser) return toLogIn(call)
  const wish = wishOf(call)
  const result = await choosePin(call.house, call.town.id, {
    ...browserOf(call),
    personId: chooser.personId,
    knownBy: chooser.knownBy,
    trusted: chooser.trusted,
    current: chooser.first ? undefined : typedText(call, 'current'),
    pin: typedText(call, 'pin'),
    again: typedText(call, 'again'),
  })
  if (!result.ok) return show(call, { first: chooser.first, wish, faults: result.faults }, 422)
  takeTicket(call, 'first')
  giveSession(call, 'citizen', result.token)
  giveDevice(call, result.deviceToken)
  flash(call, { text: peopleText(call.locale, 'pin-chosen'), tone: 'olive' })
  return redirect(destination(call, wish, addresses.my))
}

type View = { first: boolean; wish: Wish; faults?: Fault[] }

const show = (call: Call, view: View, status = 200) => showPage(call, <ChoosePinPage {...view} />, status)

function ChoosePinPage({ first, wish, faults }: View) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  const field = (name: 'current' | 'pin' | 'again') =>
    ({
      name,
      label: t(`pin-${name}`),
      fault: faultOf(faults, name),
      type: 'password',
      inputMode: 'numeric',
      autoComplete: name === 'current' ? 'current-password' : 'new-password',
      width: 'short',
      maxLength: 12,
      ltr: true,
    }) as const
  return (
    <CitizenLayout title={t('pin-title')} faults={faults} unlisted>
      <Read>
        <Head title={t('pin-title')} sub={first ? t('pin-first') : t('pin-change')} />
        <Form action={page.url(addresses.citizenPin)} hidden={carried(wish)}>
          {!first && <TextField {...field('current')} />}
          <TextField {...field('pin')} hint={t('pin-new-hint')} />
          <TextField {...field('again')} />
          <Note tone="info" small>
            {t('pin-ends-others')}
          </Note>
          <p className="mt">
            <Button big>{t('pin-save')}</Button>
          </p>
        </Form>
      </Read>
    </CitizenLayout>
  )
}
