import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { currencyWord, formatFigures } from '../../../../lib/money.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  LongTextField,
  MoneyField,
  Note,
  Pane,
  StaffLayout,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { handOver } from '../close.ts'
import { drawerKinds, reckon } from '../model.ts'
import { readSums, sumField } from '../read.ts'
import { tillRefusal, tillText, tillTexts } from '../strings.ts'
import { ReckoningTable } from './figures.tsx'
import { type SessionView, sessionView } from './session.tsx'

type Again = { faults?: Fault[]; refusal?: string | undefined }

/** GET: what the collector counted, to be confirmed by what arrived. */
export async function showHandOver(call: Call): Promise<Response> {
  return show(call, await read(call, tx => sessionView(tx, idParam(call, 'session'))), {})
}

function show(call: Call, view: SessionView, again: Again, status = 200): Response {
  const { session, staff } = view
  const member = staff.get(session.collectorId)
  const title = tillText(call.locale, 'hand-title', { book: session.book })
  const name = member?.name[call.locale] ?? tillText(call.locale, 'somebody')
  return showPage(
    call,
    <StaffLayout title={title} faults={again.faults}>
      <Crumbs links={[{ label: tillText(call.locale, 'hub-title'), href: url(call, addresses.treasury) }]} />
      <Head title={title} sub={tillText(call.locale, 'hand-sub', { name })} />
      {again.refusal && <Note tone="sumac">{again.refusal}</Note>}
      <Zones kind="half">
        <Counted view={view} />
        {session.state === 'closed' && <Receiving call={call} view={view} again={again} />}
      </Zones>
    </StaffLayout>,
    status,
  )
}

function Counted({ view: { session, expected } }: { view: SessionView }) {
  const t = useTexts(tillTexts)
  return (
    <Pane
      id="count"
      title={t('session-count')}
      icon="cash"
      pad={false}
      footer={session.closingReason && <p>{`${t('reason')}: ${session.closingReason}`}</p>}
    >
      <ReckoningTable
        caption={t('session-count')}
        rows={reckon(expected, session.counted)}
        counted="counted"
      />
    </Pane>
  )
}

function Receiving({ call, view: { session }, again }: { call: Call; view: SessionView; again: Again }) {
  const t = useTexts(tillTexts)
  const { locale, url } = usePage()
  const { faults } = again
  const typed = (name: string, otherwise: string) => {
    const value = typedText(call, name)
    return value === '' ? otherwise : value
  }
  return (
    <Pane id="receive" title={t('received')} icon="check">
      <Form action={url(addresses.treasuryHandOver, { session: session.id })}>
        {session.counted.map(({ tender, amount }) => (
          <MoneyField
            key={`${tender}-${amount.currency}`}
            name={sumField(tender, amount.currency)}
            label={t('hand-received', { kind: t(tender), currency: currencyWord(amount.currency, locale) })}
            currency={amount.currency}
            value={typed(sumField(tender, amount.currency), formatFigures(amount))}
            fault={faultOf(faults, sumField(tender, amount.currency))}
            tight
          />
        ))}
        <LongTextField
          name="reason"
          label={t('hand-reason')}
          hint={t('hand-reason-hint')}
          value={typedText(call, 'reason')}
          fault={faultOf(faults, 'reason')}
          maxLength={400}
          rows={2}
          optional
        />
        <Button big icon="check" hotkey="F8">
          {t('hand-verb')}
        </Button>
      </Form>
    </Pane>
  )
}

/** POST: the treasurer has it in hand. */
export async function takeOver(call: Call): Promise<Response> {
  const view = await read(call, tx => sessionView(tx, idParam(call, 'session')))
  const { session } = view
  const { figures: received, faults } = readSums(name => typedText(call, name), drawerKinds)
  const reason = typedText(call, 'reason')
  if (reason.length > 400) faults.push({ field: 'reason', code: 'too-long' })
  const off = reckon(session.counted, received).some(row => row.difference.minor !== 0)
  if (off && reason.trim() === '') faults.push({ field: 'reason', code: 'reason-missing' })
  if (faults.length > 0) return show(call, view, { faults }, 422)
  try {
    const by = actorKey(call.visitor.actor)
    const answer = await write(call, async tx => {
      await handOver(tx, { sessionId: session.id, received, reason, by })
      return { redirect: url(call, addresses.tillSession, { session: session.id }) }
    })
    flash(call, { text: tillText(call.locale, 'hand-done', { book: session.book }) })
    return answer
  } catch (error) {
    const refusal = tillRefusal(call.locale, error)
    if (!refusal) throw error
    return show(call, view, { refusal }, 409)
  }
}
