import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import { dateTime, shortDate } from '../../../../lib/dates.ts'
import { isId } from '../../../../lib/ids.ts'
import { type Money as Amount, currencyWord, sumByCurrency } from '../../../../lib/money.ts'
import {
  Crumbs,
  DateText,
  Empty,
  Head,
  Money,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { type Call, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { staffById } from '../../../people/index.ts'
import { type DayLine, dayBook, type Income, incomeByKind, instantsOf } from '../reports.ts'
import { type TillText, tillText, tillTexts } from '../strings.ts'
import { kindWords, ledgerWords } from './ledger-words.ts'
import { daysOf, ReportBar } from './report-bar.tsx'
import { reportFile } from './report-file.ts'

const word = (call: Call, key: TillText) => tillText(call.locale, key)

/** GET: the day book (يومية), every voucher of some days. */
export async function showDayBook(call: Call): Promise<Response> {
  const days = daysOf(call)
  const { lines, names } = await read(call, async tx => {
    const lines = await dayBook(tx, await instantsOf(tx, days), call.query.as ? 100_000 : 1_000)
    const staff = await staffById(tx, [...new Set(lines.map(line => line.byId))].filter(isId))
    return { lines, names: new Map([...staff].map(([id, member]) => [id, member.name[call.locale]])) }
  })
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const file = await reportFile(call, () => ({
    name: `day-book-${days.from}-${days.to}`,
    title: word(call, 'day-title'),
    columns: (
      [
        'day-at',
        'day-entered',
        'day-voucher',
        'cheque-receipt',
        'reason',
        'day-ledger',
        'currency',
        'day-debit',
        'day-credit',
        'day-by',
      ] as const
    ).map(key => word(call, key)),
    rows: lines.map(line => [
      dateTime(line.at, style),
      dateTime(line.enteredAt, style),
      word(call, `voucher-${line.kind}`),
      line.receipt,
      line.description,
      ledgerWords(call.locale, line.ledger),
      currencyWord(line.amount.currency, call.locale),
      debit(line),
      credit(line),
      names.get(line.byId) ?? line.byKind,
    ]),
  }))
  if (file) return file
  return page(call, 'day', <DayBook days={days} lines={lines} names={names} />)
}

const debit = ({ amount }: DayLine): Amount | undefined => (amount.minor > 0 ? amount : undefined)
const credit = ({ amount }: DayLine): Amount | undefined =>
  amount.minor < 0 ? { ...amount, minor: -amount.minor } : undefined

function page(call: Call, of: 'day' | 'income', body: ReactNode): Response {
  const title = word(call, `${of}-title`)
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs links={[{ label: word(call, 'hub-title'), href: url(call, addresses.treasury) }]} />
      <Head title={title} sub={word(call, `${of}-sub`)} />
      <Stack>{body}</Stack>
    </StaffLayout>,
  )
}

type DayBookProps = { days: ReturnType<typeof daysOf>; lines: DayLine[]; names: Map<string, string> }

function DayBook({ days, lines, names }: DayBookProps) {
  const t = useTexts(tillTexts)
  const { locale } = usePage()
  const first = new Set<DayLine>()
  let before = ''
  for (const line of lines) {
    if (line.voucherId !== before) first.add(line)
    before = line.voucherId
  }
  const sums = (of: (line: DayLine) => Amount | undefined) =>
    sumByCurrency(lines.flatMap(line => of(line) ?? [])).map(sum => (
      <p key={sum.currency}>
        <Money value={sum} strong />
      </p>
    ))
  const amount = (value: Amount | undefined) => value && <Money value={value} />
  return (
    <>
      <ReportBar address={addresses.treasuryDayBook} days={days} />
      {lines.length === 0 ? (
        <Empty title={t('day-none')} level={2}>
          {t('day-none-next')}
        </Empty>
      ) : (
        <Pane id="day" title={t('day-title')} icon="list" pad={false}>
          <Table
            caption={t('day-title')}
            rows={lines.map((line, at) => ({ line, at }))}
            rowId={({ at }) => String(at)}
            foot={{ 'day-debit': sums(debit), 'day-credit': sums(credit) }}
            columns={[
              {
                id: 'day-at',
                head: t('day-at'),
                tight: true,
                cell: ({ line }) => first.has(line) && <DateText value={line.at} form="moment" />,
              },
              {
                id: 'day-voucher',
                head: t('day-voucher'),
                phone: 'line' as const,
                cell: ({ line }) =>
                  first.has(line) && (
                    <>
                      {t(`voucher-${line.kind}`)} {line.receipt && <bdi>{line.receipt}</bdi>}
                      <br />
                      <small className="plain mut">{names.get(line.byId) ?? ''}</small>
                    </>
                  ),
              },
              {
                id: 'day-ledger',
                head: t('day-ledger'),
                heads: true,
                cell: ({ line }) => ledgerWords(locale, line.ledger),
              },
              { id: 'day-debit', head: t('day-debit'), cell: ({ line }) => amount(debit(line)), tight: true },
              {
                id: 'day-credit',
                head: t('day-credit'),
                cell: ({ line }) => amount(credit(line)),
                tight: true,
              },
            ]}
          />
        </Pane>
      )}
    </>
  )
}

/** GET: what was taken of each kind of due, day by day. */
export async function showIncome(call: Call): Promise<Response> {
  const days = daysOf(call, 6)
  const rows = await read(call, async tx => incomeByKind(tx, await instantsOf(tx, days)))
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const keys = [
    'income-day',
    'income-kind',
    'currency',
    'income-receipts',
    'income-taken',
    'income-back',
    'income-net',
  ] as const
  const file = await reportFile(call, () => ({
    name: `income-${days.from}-${days.to}`,
    title: word(call, 'income-title'),
    columns: keys.map(key => word(call, key)),
    rows: rows.map(row => [
      shortDate(row.day, style),
      kindWords(call.locale, row.kind),
      currencyWord(row.net.currency, call.locale),
      row.receipts,
      row.taken,
      row.back,
      row.net,
    ]),
  }))
  if (file) return file
  return page(call, 'income', <IncomeList days={days} rows={rows} />)
}

function IncomeList({ days, rows }: { days: ReturnType<typeof daysOf>; rows: Income[] }) {
  const t = useTexts(tillTexts)
  const { locale } = usePage()
  const net = sumByCurrency(rows.map(row => row.net)).map(sum => (
    <p key={sum.currency}>
      <Money value={sum} strong />
    </p>
  ))
  return (
    <>
      <ReportBar address={addresses.treasuryIncome} days={days} />
      {rows.length === 0 ? (
        <Empty title={t('income-none')} level={2}>
          {t('day-none-next')}
        </Empty>
      ) : (
        <Pane id="income" title={t('income-title')} icon="cash" pad={false}>
          <Table
            caption={t('income-title')}
            rows={rows}
            rowId={row => `${row.day} ${row.kind} ${row.net.currency}`}
            foot={{ net }}
            columns={[
              {
                id: 'day',
                head: t('income-day'),
                cell: row => <DateText value={row.day} form="plain" />,
                tight: true,
              },
              { id: 'kind', head: t('income-kind'), cell: row => kindWords(locale, row.kind), heads: true },
              {
                id: 'receipts',
                head: t('income-receipts'),
                cell: row => row.receipts,
                phone: 'hide' as const,
              },
              { id: 'taken', head: t('income-taken'), cell: row => <Money value={row.taken} /> },
              {
                id: 'back',
                head: t('income-back'),
                cell: row => row.back.minor !== 0 && <Money value={row.back} />,
              },
              {
                id: 'net',
                head: t('income-net'),
                cell: row => <Money value={row.net} strong />,
                phone: 'end' as const,
              },
            ]}
          />
        </Pane>
      )}
    </>
  )
}
