import { addresses } from '../../../../lib/addresses.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { parseAmount } from '../../../../lib/money.ts'
import {
  Button,
  Crumbs,
  DateField,
  Form,
  faultOf,
  Head,
  MoneyField,
  Note,
  NumberField,
  Pane,
  Read as Reading,
  SelectField,
  StaffLayout,
  TextField,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, read, typedText, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type StaffMember, staffById } from '../../../people/index.ts'
import { booksOf } from '../books.ts'
import { enterHandWritten } from '../hand-written.ts'
import type { Book, TillSession } from '../model.ts'
import { readDay, readWhole } from '../read.ts'
import { instantsOf } from '../reports.ts'
import { openSessions } from '../sessions.ts'
import { tillText, tillTexts } from '../strings.ts'
import { act } from './act.ts'

type View = { books: Book[]; sessions: TillSession[]; staff: Map<string, StaffMember> }
type Again = { refusal?: string; faults?: Fault[] }

/** GET: the form of a page. */
export async function showPageForm(call: Call, again: Again = {}): Promise<Response> {
  const view = await read(call, async tx => {
    const books = (await booksOf(tx)).filter(book => book.kind === 'hand-written' && book.active)
    const sessions = await openSessions(tx)
    return {
      books,
      sessions,
      staff: await staffById(
        tx,
        sessions.map(each => each.collectorId),
      ),
    }
  })
  const title = tillText(call.locale, 'page-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={again.faults}>
      <Crumbs links={[{ label: tillText(call.locale, 'hub-title'), href: url(call, addresses.treasury) }]} />
      <Reading>
        <Head title={title} sub={tillText(call.locale, 'page-sub')} />
        {again.refusal && <Note tone="sumac">{again.refusal}</Note>}
        <PageForm call={call} view={view} faults={again.faults} />
      </Reading>
    </StaffLayout>,
    again.faults ? 422 : again.refusal ? 409 : 200,
  )
}

function PageForm({ call, view, faults }: { call: Call; view: View; faults: Fault[] | undefined }) {
  const t = useTexts(tillTexts)
  const local = useLocalized()
  const page = usePage()
  const said = (name: string) => typedText(call, name)
  if (view.books.length === 0)
    return (
      <Note tone="honey">
        {t('page-no-book')} <a href={page.url(addresses.treasuryBooks)}>{t('books-title')}</a>
      </Note>
    )
  if (view.sessions.length === 0) return <Note tone="honey">{t('page-no-till')}</Note>
  const fault = (name: string) => faultOf(faults, name)
  return (
    <Pane id="page" title={t('page-title')} icon="receipt">
      <Form action={page.url(addresses.treasuryPage)}>
        <div className="two-f">
          <SelectField
            name="book"
            label={t('page-book')}
            options={view.books.map(book => ({
              value: book.book,
              label: `${book.book} (${book.pages?.first}–${book.pages?.last})`,
            }))}
            value={said('book') || view.books[0]?.book}
            fault={fault('book')}
          />
          <NumberField
            name="serial"
            label={t('page-serial')}
            value={said('serial')}
            fault={fault('serial')}
          />
          <SelectField
            name="collector"
            label={t('page-collector')}
            options={view.sessions.map(({ collectorId, book }) => {
              const member = view.staff.get(collectorId)
              return { value: collectorId, label: `${member ? local(member.name) : t('somebody')} (${book})` }
            })}
            value={said('collector') || view.sessions[0]?.collectorId}
            fault={fault('collector')}
          />
          <TextField
            name="account"
            label={t('page-charge')}
            hint={t('page-charge-hint')}
            value={said('account')}
            fault={fault('account')}
            width="mid"
            ltr
          />
          <DateField
            name="date"
            label={t('page-date')}
            value={said('date') || shortDate(dateIn(call.now, call.town.timeZone), page)}
            fault={fault('date')}
          />
          <TextField
            name="time"
            label={t('page-time')}
            hint={t('page-time-hint')}
            value={said('time')}
            fault={fault('time')}
            width="short"
            ltr
          />
        </div>
        <TextField
          name="payer"
          label={t('page-payer')}
          value={said('payer')}
          fault={fault('payer')}
          maxLength={120}
        />
        <MoneyField
          name="amount"
          label={t('page-amount')}
          currency="ILS"
          hint={t('page-surplus')}
          value={said('amount')}
          fault={fault('amount')}
        />
        <Button icon="receipt" hotkey="F8">
          {t('page-verb')}
        </Button>
      </Form>
    </Pane>
  )
}

/** Minutes of a day as people write them: 10:30, ١٠:٣٠. */
function readTime(typed: string): number | undefined {
  const match = /^(\d{1,2})[:.](\d{2})$/.exec(toWesternDigits(typed).trim())
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])]
  return match && hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined
}

/** POST: the page becomes a receipt with both its dates. */
export async function enterPage(call: Call): Promise<Response> {
  const said = (name: string) => typedText(call, name).trim()
  const faults: Fault[] = []
  const missing = (field: string, code = 'required') => void faults.push({ field, code })
  for (const field of ['book', 'collector', 'payer', 'account']) if (said(field) === '') missing(field)
  const serial = readWhole(said('serial'))
  if (!serial) missing('serial', 'not-a-number')
  const date = readDay(said('date'))
  if (!date) missing('date', 'not-a-date')
  const minutes = readTime(said('time'))
  if (minutes === undefined) missing('time', 'not-a-time')
  const amount = parseAmount(said('amount'), 'ILS')
  if (!amount.ok) missing('amount', amount.code)
  else if (amount.value.minor === 0) missing('amount', 'amount-missing')
  if (faults.length > 0 || !date || !serial || minutes === undefined || !amount.ok)
    return showPageForm(call, { faults })
  const day = await read(call, tx => instantsOf(tx, { from: date, to: date }))
  const receivedAt = new Date(day.from.getTime() + minutes * 60_000)
  if (receivedAt > call.now)
    return showPageForm(call, { faults: [{ field: 'date', code: 'date-in-future' }] })
  const number = `${said('book')}-${serial}/${date.slice(0, 4)}`
  return act(call, {
    to: url(call, addresses.treasuryPage),
    said: tillText(call.locale, 'page-done', { number }),
    work: tx =>
      enterHandWritten(tx, call.house.events, {
        book: said('book'),
        serial,
        collectorId: said('collector'),
        receivedAt,
        payer: said('payer'),
        account: toWesternDigits(said('account')),
        amount: amount.value,
        by: actorKey(call.visitor.actor),
      }),
    again: refusal => showPageForm(call, { refusal }),
  })
}
