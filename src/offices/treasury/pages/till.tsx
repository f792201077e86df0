import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { addDays, dateIn, isCalendarDate } from '../../../lib/calendar.ts'
import { longDate } from '../../../lib/dates.ts'
import {
  type Column,
  DateText,
  Empty,
  Head,
  LinkButton,
  Money,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  Tabs,
  Tag,
  useLocalized,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { nothing, type Route, route, staff } from '../../../web/route.ts'
import { type CashSum, type TillDay, tillDay } from '../day.ts'
import type { Receipt } from '../model.ts'
import { treasuryText, treasuryTexts } from '../strings.ts'

export const tillRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.till,
    access: staff('receipt.take'),
    audit: nothing('lists receipts the till itself took; each one that is opened is a look'),
    handle: showTill,
  }),
]

/** The day's receipts of the one who asks; who takes the tills over may ask for everybody's. */
async function showTill(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const asked = call.query.date ?? today
  const date = isCalendarDate(asked) && asked <= today ? asked : today
  const mayAll = may(call.visitor.actor, 'till.hand-over')
  const all = mayAll && call.query.whose === 'all'
  const collectorId = all ? undefined : actorKey(call.visitor.actor).id
  const day = await read(call, tx => tillDay(tx, { date, collectorId }))
  const word = (key: Parameters<typeof treasuryText>[1], values = {}) =>
    treasuryText(call.locale, key, values)
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const title = date === today ? word('till-title') : word('till-on', { date: longDate(date, style) })
  const address = (to: string, whose = all) =>
    url(call, addresses.till, {}, { date: to === today ? undefined : to, whose: whose ? 'all' : undefined })
  return showPage(
    call,
    <StaffLayout title={title}>
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
      <Day day={day} />
    </StaffLayout>,
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

function useReceiptColumns(): Column<Receipt>[] {
  const t = useTexts(treasuryTexts)
  const page = usePage()
  const local = useLocalized()
  return [
    {
      ...{ id: 'number', head: t('till-number'), heads: true, tight: true },
      cell: receipt => (
        <a href={page.url(addresses.receipt, { id: receipt.id })}>
          <bdi>{receipt.number}</bdi>
        </a>
      ),
    },
    {
      id: 'time',
      head: t('till-time'),
      cell: receipt => <DateText value={receipt.receivedAt} form="time" />,
      dim: true,
    },
    {
      id: 'payer',
      head: t('till-payer'),
      cell: receipt => <PersonName>{receipt.payer.name}</PersonName>,
      phone: 'line',
    },
    {
      id: 'for',
      head: t('till-for'),
      cell: receipt => receipt.lines.map(line => local(line.label)).join(' · '),
      phone: 'line',
    },
    {
      ...{ id: 'amount', head: t('till-amount'), tight: true, phone: 'end' as const },
      cell: receipt =>
        receipt.totals.map(total => (
          <p key={total.currency}>
            <Money value={total} />
          </p>
        )),
    },
    {
      ...{ id: 'state', head: t('till-state') },
      cell: receipt => (receipt.reversedBy ? <Tag>{t('till-state-reversed')}</Tag> : t('till-state-fine')),
    },
  ]
}
