import { addresses } from '../../../lib/addresses.ts'
import { DomainError, type Fault } from '../../../lib/errors.ts'
import { formatPhone, parsePhone } from '../../../lib/phone.ts'
import {
  Button,
  ChoiceField,
  CitizenLayout,
  Form,
  faultOf,
  Head,
  HowLink,
  Note,
  PhoneField,
  Read,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { primaryPhone } from '../../people/index.ts'
import { type Purpose, turnName } from '../model.ts'
import { readDay } from '../queue.ts'
import { today } from '../store.ts'
import { type VisitText, visitTexts } from '../strings.ts'
import { takeTurn } from '../turns.ts'
import { refusalOf } from '../window/refusals.ts'

type TakeView = {
  purposes: (Purpose & { waiting: number; next: string | undefined })[]
  /** The telephone of whoever is logged in: it is not asked for. */
  known: string | undefined
  typed: { purpose: string; phone: string }
  faults: readonly Fault[]
  refusal?: VisitText | undefined
}

type Again = { faults?: readonly Fault[]; refusal?: VisitText }

const personOf = ({ visitor: { actor } }: Call): string | undefined =>
  actor.kind === 'citizen' ? actor.personId : undefined

/** A turn from afar: with a telephone, or logged in. Whoever has one already is led to it. */
export async function showTake(call: Call, again: Again = {}, status = 200): Promise<Response> {
  const personId = personOf(call)
  const found = await read(call, async tx => {
    const day = await readDay(tx, today(tx, call))
    const mine = personId && day.waiting.find(visit => visit.personId === personId)
    const phone = personId ? await primaryPhone(tx, call.house.crypto, personId) : undefined
    return { day, mine, phone }
  })
  const { day, mine, phone } = found
  if (mine && status === 200 && call.request.method === 'GET')
    return redirect(url(call, addresses.turnShow, { visit: mine.id }))
  const view: TakeView = {
    purposes: day.purposes
      .filter(each => each.open)
      .map(each => {
        const waiting = day.waiting.filter(visit => visit.purpose === each.code)
        return { ...each, waiting: waiting.length, next: waiting[0] && turnName(waiting[0]) }
      }),
    known: phone && formatPhone(phone.e164),
    typed: { purpose: typedText(call, 'purpose'), phone: typedText(call, 'phone') },
    faults: [],
    ...again,
  }
  return showPage(call, <TakePage view={view} />, status)
}

export async function takeFromAfar(call: Call): Promise<Response> {
  const personId = personOf(call)
  const own = personId && (await read(call, tx => primaryPhone(tx, call.house.crypto, personId)))
  const typed = typedText(call, 'phone').trim()
  const phone = own ? undefined : parsePhone(typed)
  const faults: Fault[] = []
  if (typedText(call, 'purpose') === '') faults.push({ field: 'purpose', code: 'required' })
  if (phone && !phone.ok && !(personId && typed === '')) faults.push({ field: 'phone', code: phone.code })
  if (faults.length > 0) return showTake(call, { faults }, 422)
  try {
    return await write(call, async tx => {
      const { visit } = await takeTurn(
        tx,
        call,
        {
          purpose: typedText(call, 'purpose'),
          channel: 'portal',
          personId,
          phone: own ? own.e164 : phone?.ok ? phone.value.e164 : undefined,
        },
        actorKey(call.visitor.actor),
      )
      return { redirect: url(call, addresses.turnShow, { visit: visit.id }) }
    })
  } catch (error) {
    if (error instanceof DomainError) return showTake(call, { refusal: refusalOf(error) }, 409)
    throw error
  }
}

function TakePage({ view: { purposes, known, typed, faults, refusal } }: { view: TakeView }) {
  const t = useTexts(visitTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <CitizenLayout title={t('turn-take')} faults={faults} description={t('turn-lead')}>
      <Head title={t('turn-take')} sub={t('turn-lead')} />
      <Read>
        {refusal && <Note tone="honey">{t(refusal)}</Note>}
        {purposes.length === 0 ? (
          <Note>{t('turn-none')}</Note>
        ) : (
          <Form action={url(known === undefined ? addresses.turn : addresses.myTurn)}>
            <ChoiceField
              name="purpose"
              label={t('door-what')}
              columns={2}
              value={typed.purpose}
              fault={faultOf(faults, 'purpose')}
              options={purposes.map(each => ({
                value: each.code,
                label: local(each.name),
                hint: t('hall-waiting', { count: each.waiting }),
              }))}
            />
            {known === undefined ? (
              <PhoneField
                name="phone"
                label={t('turn-phone')}
                hint={t('turn-phone-hint')}
                value={typed.phone}
                fault={faultOf(faults, 'phone')}
              />
            ) : (
              <p className="sm">{t('turn-phone-known', { phone: known })}</p>
            )}
            <Button big>{t('turn-take')}</Button>
          </Form>
        )}
        <HowLink topic="turn" />
      </Read>
    </CitizenLayout>
  )
}
