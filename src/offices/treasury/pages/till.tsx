import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { addDays, dateIn, isCalendarDate } from '../../../lib/calendar.ts'
import { longDate } from '../../../lib/dates.ts'
import { InvalidInput } from '../../../lib/errors.ts'
import {
  type Column,
  Empty,
  Head,
  LinkButton,
  Money,
  Pane,
  Stack,
  StaffLayout,
  Table,
  Tabs,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import { type CashSum, type TillDay, tillDay } from '../day.ts'
import { treasuryText, treasuryTexts } from '../strings.ts'
import { close, showClose } from '../till/pages/close.tsx'
import { MyTillPane, myTill, type Opening, openMine } from '../till/pages/mine.tsx'
import { showSession } from '../till/pages/session.tsx'
import { tillRefusal } from '../till/strings.ts'
import { useReceiptColumns } from './receipt-columns.tsx'

export const tillRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.till,
    access: staff('receipt.take'),
    audit: nothing('lists receipts the till itself took; each one that is opened is a look'),
    handle: call => showTill(call),
  }),
  route({
    method: 'post',
    address: addresses.tillOpen,
    access: staff('till.close'),
    audit: acts('treasury.till-opened'),
    handle: open,
  }),
  route({
    method: 'get',
    address: addresses.tillClose,
    access: staff('till.close'),
    audit: nothing('shows the sums of one’s own drawer and nobody’s data'),
    handle: showClose,
  }),
  route({
    method: 'post',
    address: addresses.tillClose,
    access: staff('till.close'),
    audit: acts('treasury.till-closed'),
    handle: close,
  }),
  route({
    method: 'get',
    address: addresses.tillSession,
    access: staff('till.close'),
    audit: nothing('lists receipts of a till; each one that is opened is a look'),
    handle: showSession,
  }),
]

/** Opens the till of whoever asks, and says on the same page why not. */
async function open(call: Call): Promise<Response> {
  try {
    return await openMine(call, actorKey(call.visitor.actor).id, url(call, addresses.till))
  } catch (error) {
    const refusal = tillRefusal(call.locale, error)
    const faults = error instanceof InvalidInput ? [...error.faults] : undefined
    if (!refusal && !faults) throw error
    const names = ['book', 'float-ILS', 'float-JOD', 'float-USD']
    const typed = Object.fromEntries(names.map(name => [name, typedText(call, name)]))
    return showTill(call, { refusal, faults, typed }, faults ? 422 : 409)
  }
}

/** The day's receipts of the one who asks; who takes the tills over may ask for everybody's. */
async function showTill(call: Call, again: Opening = {}, status = 200): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const asked = call.query.date ?? today
  const date = isCalendarDate(asked) && asked <= today ? asked : today
  const mayAll = may(call.visitor.actor, 'till.hand-over')
  const all = mayAll && call.query.whose === 'all'
  const collectorId = all ? undefined : actorKey(call.visitor.actor).id
  const day = await read(call, tx => tillDay(tx, { date, collectorId }))
  const me = actorKey(call.visitor.actor).id
  const mine = date === today && !all ? await read(call, tx => myTill(tx, me)) : undefined
  const word = (key: Parameters<typeof treasuryText>[1], values = {}) =>
    treasuryText(call.locale, key, values)
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const title = date === today ? word('till-title') : word('till-on', { date: longDate(date, style) })
  const address = (to: string, whose = all) =>
    url(call, addresses.till, {}, { date: to === today ? undefined : to, whose: whose ? 'all' : undefined })
  return showPage(
    call,
    <StaffLayout title={title} faults={again.faults}>
      <Head
        title={title}
        actions={
          <>
            <LinkButton href={address(addDays(date, -1))} variant="quiet">
              {word('till-previous')}
            </LinkButton>
            {date < today && (
              <LinkButton href={address(addDays(date, 1))} variant="quiet">
                {word('till-next')}
              </LinkButton>
            )}
          </>
        }
      />
      {mayAll && (
        <Tabs
          label={word('till-whose')}
          tabs={[
            { label: word('till-mine'), href: address(date, false), current: !all },
            { label: word('till-all'), href: address(date, true), current: all },
          ]}
        />
      )}
      <Stack>
        {mine && <MyTillPane till={mine} again={again} />}
        <Day day={day} />
      </Stack>
    </StaffLayout>,
    status,
  )
}

function Day({ day }: { day: TillDay }) {
  const t = useTexts(treasuryTexts)
  const [sums, receipts] = [useSumColumns(), useReceiptColumns()]
  const nothingYet = day.receipts.length === 0 && day.sums.length === 0
  if (nothingYet) return <Empty title={t('till-empty')}>{t('till-empty-next')}</Empty>
  return (
    <Stack>
      <Pane id="sums" title={t('till-sums')} icon="cash" pad={false}>
        <Table
          caption={t('till-sums')}
          columns={sums}
          rows={day.sums}
          rowId={sum => `${sum.book} ${sum.net.currency}`}
        />
      </Pane>
      <Pane id="receipts" title={t('till-receipts')} icon="receipt" pad={false}>
        <Table
          caption={t('till-receipts')}
          columns={receipts}
          rows={day.receipts}
          rowId={receipt => receipt.id}
        />
      </Pane>
    </Stack>
  )
}

function useSumColumns(): Column<CashSum>[] {
  const t = useTexts(treasuryTexts)
  return [
    { id: 'book', head: t('receipt-book'), cell: sum => t('till-book', { book: sum.book }), heads: true },
    { id: 'in', head: t('till-in'), cell: sum => <Money value={sum.received} /> },
    { id: 'out', head: t('till-out'), cell: sum => <Money value={sum.returned} /> },
    { id: 'net', head: t('till-net'), cell: sum => <Money value={sum.net} strong /> },
  ]
}
