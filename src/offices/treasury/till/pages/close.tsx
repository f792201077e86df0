import { addresses } from '../../../../lib/addresses.ts'
import { Conflict, type Fault } from '../../../../lib/errors.ts'
import { type Currency, currencies, currencyWord, formatFigures, money } from '../../../../lib/money.ts'
import {
  Button,
  CountTable,
  Crumbs,
  Form,
  faultOf,
  Head,
  LongTextField,
  MoneyField,
  Note,
  Pane,
  Stack,
  StaffLayout,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { dayOf } from '../ceiling.ts'
import { closeSession } from '../close.ts'
import { expectedOf } from '../expected.ts'
import { type Figure, type Reckoning, reckon, type TillSession } from '../model.ts'
import { pieceField, readCash, readSums, sumField } from '../read.ts'
import { openSessionOf } from '../sessions.ts'
import { type TillSettings, tillSettings } from '../settings.ts'
import { tillRefusal, tillText, tillTexts } from '../strings.ts'
import { ReckoningTable } from './figures.tsx'

type View = { session: TillSession; expected: Figure[]; settings: TillSettings }
type Again = { faults?: Fault[]; refusal?: string; rows?: Reckoning[] }

async function viewOf(call: Call): Promise<View> {
  return read(call, async tx => {
    const session = await openSessionOf(tx, actorKey(call.visitor.actor).id)
    if (!session) throw new Conflict('till-not-open')
    return {
      session,
      expected: await expectedOf(tx, session.id),
      settings: await tillSettings(tx, await dayOf(tx)),
    }
  })
}

/** GET: the form to count by. */
export async function showClose(call: Call): Promise<Response> {
  return show(call, await viewOf(call), {})
}

function show(call: Call, view: View, again: Again, status = 200): Response {
  const title = tillText(call.locale, 'close-title', { book: view.session.book })
  return showPage(
    call,
    <StaffLayout title={title} faults={again.faults}>
      <Crumbs links={[{ label: tillText(call.locale, 'mine-title'), href: url(call, addresses.till) }]} />
      <Head title={title} sub={tillText(call.locale, 'close-sub')} />
      <CountForm call={call} view={view} again={again} />
    </StaffLayout>,
    status,
  )
}

/** Shekels are always counted; another currency where the books have some of it, or where some was typed. */
function counting(call: Call, { expected, settings }: View): Currency[] {
  return currencies.filter(
    currency =>
      currency === 'ILS' ||
      expected.some(each => each.tender === 'cash' && each.amount.currency === currency) ||
      settings.denominations[currency].some(face => typedText(call, pieceField(currency, face)) !== ''),
  )
}

function CountForm({ call, view, again }: { call: Call; view: View; again: Again }) {
  const t = useTexts(tillTexts)
  const { locale, url } = usePage()
  const { faults } = again
  const said = (name: string) => typedText(call, name)
  const { denominations } = view.settings
  const counted = readCash(said, denominations).figures
  const others = view.expected.filter(each => each.tender !== 'cash')
  return (
    <Form action={url(addresses.tillClose)}>
      <Stack>
        {again.refusal && <Note tone="sumac">{again.refusal}</Note>}
        {again.rows && (
          <Pane id="reckoning" title={t('session-count')} tone="honey" pad={false}>
            <ReckoningTable caption={t('session-count')} rows={again.rows} counted="counted" />
          </Pane>
        )}
        <Zones kind="half">
          {counting(call, view).map(currency => (
            <Pane
              key={currency}
              id={`cash-${currency}`}
              title={t('close-cash', { currency: currencyWord(currency, locale) })}
              icon="cash"
              pad={false}
            >
              <CountTable
                id={`count-${currency}`}
                caption={t('close-cash', { currency: currencyWord(currency, locale) })}
                faceHead={t('face')}
                piecesHead={t('pieces')}
                totalHead={t('total')}
                rows={denominations[currency].map(face => ({
                  name: pieceField(currency, face),
                  face: money(face, currency),
                  value: said(pieceField(currency, face)),
                }))}
                total={counted.find(each => each.amount.currency === currency)?.amount ?? money(0, currency)}
                fault={faults?.find(fault => fault.field.startsWith(`n-${currency}-`))}
              />
            </Pane>
          ))}
          <Pane id="others" title={others.length > 0 ? t('close-other') : t('close-reason')} icon="receipt">
            {others.length > 0 && <p className="sm mut">{t('close-other-hint')}</p>}
            {others.map(({ tender, amount }) => (
              <MoneyField
                key={`${tender}-${amount.currency}`}
                name={sumField(tender, amount.currency)}
                label={t(tender)}
                currency={amount.currency}
                value={said(sumField(tender, amount.currency))}
                hint={`${t('expected')}: ${formatFigures(amount)}`}
                fault={faultOf(faults, sumField(tender, amount.currency))}
                tight
              />
            ))}
            <LongTextField
              name="reason"
              label={t('close-reason')}
              hint={t('close-reason-hint')}
              value={said('reason')}
              fault={faultOf(faults, 'reason')}
              maxLength={400}
              rows={2}
              optional={!again.rows}
            />
            <Button big full hotkey="F10">
              {t('close-verb')}
            </Button>
          </Pane>
        </Zones>
      </Stack>
    </Form>
  )
}

/** POST: counts and closes; a difference without its reason comes back with both figures beside each other. */
export async function close(call: Call): Promise<Response> {
  const view = await viewOf(call)
  const said = (name: string) => typedText(call, name)
  const cash = readCash(said, view.settings.denominations)
  const sums = readSums(said)
  const faults = [...cash.faults, ...sums.faults]
  if (said('reason').length > 400) faults.push({ field: 'reason', code: 'too-long' })
  if (faults.length > 0) return show(call, view, { faults }, 422)
  const counted = [...cash.figures, ...sums.figures]
  const rows = reckon(view.expected, counted)
  if (rows.some(row => row.difference.minor !== 0) && said('reason').trim() === '') {
    const refusal = tillText(call.locale, 'close-differs')
    return show(call, view, { refusal, rows, faults: [{ field: 'reason', code: 'reason-missing' }] }, 422)
  }
  const { id: sessionId, book } = view.session
  try {
    const answer = await write(call, async tx => {
      await closeSession(tx, { sessionId, counted, reason: said('reason'), by: actorKey(call.visitor.actor) })
      return { redirect: url(call, addresses.tillSession, { session: sessionId }) }
    })
    flash(call, { text: tillText(call.locale, 'close-done', { book }) })
    return answer
  } catch (error) {
    const refusal = tillRefusal(call.locale, error)
    if (!refusal) throw error
    return show(call, view, { refusal, rows }, 409)
  }
}
