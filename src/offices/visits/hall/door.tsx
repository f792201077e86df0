import { timingSafeEqual } from 'node:crypto'
import { addresses } from '../../../lib/addresses.ts'
import { DomainError, type Fault, Forbidden } from '../../../lib/errors.ts'
import { parsePhone } from '../../../lib/phone.ts'
import {
  Empty,
  Form,
  faultOf,
  HallPage,
  LinkButton,
  Note,
  PhoneField,
  PurposeButtons,
  SheetPage,
  TurnSlip,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type Purpose, turnName } from '../model.ts'
import { expectations, readDay, roundMinutes } from '../queue.ts'
import { getVisit, today } from '../store.ts'
import { type VisitText, visitTexts } from '../strings.ts'
import { takeTurn } from '../turns.ts'
import { refusalOf } from '../window/refusals.ts'
import { doorKey } from './door-key.ts'

type DoorView = {
  purposes: (Purpose & { waiting: number })[]
  doorKey: string
  phone: string
  faults: readonly Fault[]
  refusal?: VisitText | undefined
}

type Again = { faults?: readonly Fault[]; refusal?: VisitText }

/** Whether this is the machine at the door, by the key the counter opened it with. */
function isDoor(call: Call): boolean {
  const [given, known] = [Buffer.from(call.query.key ?? typedText(call, 'key')), Buffer.from(doorKey(call))]
  return given.length === known.length && timingSafeEqual(given, known)
}

/** The screen at the door: one large button a purpose. Opened elsewhere it leads to the turn by telephone. */
export async function showDoor(call: Call, again: Again = {}, status = 200): Promise<Response> {
  if (!isDoor(call)) return showPage(call, <NotTheDoor />)
  const day = await read(call, tx => readDay(tx, today(tx, call)))
  const purposes = day.purposes
    .filter(each => each.open)
    .map(each => ({ ...each, waiting: day.waiting.filter(visit => visit.purpose === each.code).length }))
  const view = { purposes, doorKey: doorKey(call), phone: typedText(call, 'phone'), faults: [], ...again }
  return showPage(call, <DoorScreen view={view} />, status)
}

export async function takeAtDoor(call: Call): Promise<Response> {
  if (!isDoor(call)) throw new Forbidden('not-the-door')
  const typed = typedText(call, 'phone').trim()
  const phone = typed === '' ? undefined : parsePhone(typed)
  if (phone && !phone.ok) return showDoor(call, { faults: [{ field: 'phone', code: phone.code }] }, 422)
  try {
    return await write(call, async tx => {
      const { visit } = await takeTurn(
        tx,
        call,
        {
          purpose: typedText(call, 'purpose'),
          channel: 'door',
          phone: phone?.ok ? phone.value.e164 : undefined,
        },
        { kind: 'anonymous', id: 'door' },
      )
      return { redirect: url(call, addresses.hallSlip, { visit: visit.id }, { key: doorKey(call) }) }
    })
  } catch (error) {
    if (error instanceof DomainError) return showDoor(call, { refusal: refusalOf(error) }, 409)
    throw error
  }
}

/** The slip of a turn just taken, to be printed. */
export async function showSlip(call: Call): Promise<Response> {
  const view = await read(call, async tx => {
    const visit = await getVisit(tx, idParam(call, 'visit'))
    const day = await readDay(tx, visit.day)
    const foreseen = expectations(day, tx.now).get(visit.id)
    return {
      visit,
      purpose: day.purposes.find(each => each.code === visit.purpose),
      foreseen,
      rules: day.rules,
    }
  })
  return showPage(
    call,
    <SlipPage view={view} back={url(call, addresses.hallTurn, {}, { key: call.query.key })} />,
  )
}

function DoorScreen({ view }: { view: DoorView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <HallPage title={t('door')} clock>
      {view.refusal && <Note tone="sumac">{t(view.refusal)}</Note>}
      <Form action={url(addresses.hallTurn)} hidden={{ key: view.doorKey }}>
        <PhoneField
          name="phone"
          label={t('door-phone')}
          hint={t('door-phone-hint')}
          optional
          value={view.phone}
          fault={faultOf(view.faults, 'phone')}
        />
        <h2>{t('door-what')}</h2>
        <PurposeButtons
          name="purpose"
          purposes={view.purposes.map(each => ({
            value: each.code,
            letter: each.letter,
            label: local(each.name),
            note: t('hall-waiting', { count: each.waiting }),
          }))}
        />
      </Form>
    </HallPage>
  )
}

function NotTheDoor() {
  const t = useTexts(visitTexts)
  const { url } = usePage()
  return (
    <HallPage title={t('door')}>
      <Empty
        title={t('door-not-here')}
        level={2}
        action={<LinkButton href={url(addresses.turn)}>{t('turn-take')}</LinkButton>}
      >
        {t('door-not-here-next')}
      </Empty>
    </HallPage>
  )
}

type SlipView = {
  visit: Awaited<ReturnType<typeof getVisit>>
  purpose: Purpose | undefined
  foreseen: { ahead: number; minutes: number | undefined } | undefined
  rules: { graceMinutes: number }
}

function SlipPage({ view: { visit, purpose, foreseen, rules }, back }: { view: SlipView; back: string }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const lines = foreseen
    ? [
        t('ahead', { count: foreseen.ahead }),
        ...(foreseen.minutes === undefined ? [] : [t('about', { minutes: roundMinutes(foreseen.minutes) })]),
      ]
    : []
  return (
    <SheetPage
      side="staff"
      title={t('slip-page')}
      sub={t('slip-page-sub')}
      actions={
        <>
          <LinkButton href="#slip" icon="print" hotkey="F9">
            {t('slip-print')}
          </LinkButton>
          <LinkButton href={back} variant="quiet">
            {t('slip-done')}
          </LinkButton>
        </>
      }
    >
      <TurnSlip
        title={t('slip')}
        turn={turnName(visit)}
        purpose={purpose && local(purpose.name)}
        lines={lines}
        foot={t('slip-foot', { grace: rules.graceMinutes })}
      />
    </SheetPage>
  )
}
