import { addresses } from '../../../../lib/addresses.ts'
import { dateTime } from '../../../../lib/dates.ts'
import { currencyWord } from '../../../../lib/money.ts'
import {
  type Column,
  Crumbs,
  DateText,
  Empty,
  Head,
  Money,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { type Call, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type StaffMember, staffById } from '../../../people/index.ts'
import { type Reckoning, reckon, type TillSession } from '../model.ts'
import { expectedOfAll, instantsOf } from '../reports.ts'
import { sessionsBetween } from '../sessions.ts'
import { tillText, tillTexts } from '../strings.ts'
import { Difference } from './figures.tsx'
import { daysOf, ReportBar } from './report-bar.tsx'
import { reportFile } from './report-file.ts'

type Line = { session: TillSession; rows: Reckoning[] }

/** GET: every till that was opened in some days, what should lie in it and what did. */
export async function showTills(call: Call): Promise<Response> {
  const days = daysOf(call, 6)
  const { lines, staff } = await read(call, async tx => {
    const sessions = await sessionsBetween(tx, await instantsOf(tx, days))
    const expected = await expectedOfAll(
      tx,
      sessions.map(session => session.id),
    )
    const ids = sessions.flatMap(session => [session.collectorId, session.handedTo ?? session.collectorId])
    const lines = sessions.map((session): Line => {
      const figures = expected.get(session.id) ?? []
      return { session, rows: reckon(figures, session.state === 'open' ? figures : session.counted) }
    })
    return { lines, staff: await staffById(tx, [...new Set(ids)]) }
  })
  const word = (key: Parameters<typeof tillText>[1]) => tillText(call.locale, key)
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const name = (id: string | undefined) => (id === undefined ? undefined : staff.get(id)?.name[call.locale])
  const keys = [
    'till',
    'collector',
    'session-opened',
    'session-closed-at',
    'tills-state',
    'kind',
    'currency',
    'expected',
    'counted',
    'difference',
    'reason',
    'treasurer',
  ] as const
  const file = await reportFile(call, () => ({
    name: `tills-${days.from}-${days.to}`,
    title: word('tills-title'),
    columns: keys.map(key => word(key)),
    rows: lines.flatMap(({ session, rows }) =>
      rows.map(row => [
        session.book,
        name(session.collectorId),
        dateTime(session.openedAt, style),
        session.closedAt && dateTime(session.closedAt, style),
        word(`session-${session.state}`),
        word(row.tender),
        currencyWord(row.expected.currency, call.locale),
        row.expected,
        row.counted,
        row.difference,
        session.closingReason,
        name(session.handedTo),
      ]),
    ),
  }))
  if (file) return file
  const title = word('tills-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Crumbs links={[{ label: word('hub-title'), href: url(call, addresses.treasury) }]} />
      <Head title={title} sub={word('tills-sub')} />
      <Stack>
        <ReportBar address={addresses.treasuryTills} days={days} />
        <List lines={lines} staff={staff} />
      </Stack>
    </StaffLayout>,
  )
}

function List({ lines, staff }: { lines: Line[]; staff: Map<string, StaffMember> }) {
  const t = useTexts(tillTexts)
  const local = useLocalized()
  const { url } = usePage()
  const name = (id: string | undefined) => {
    const member = id === undefined ? undefined : staff.get(id)
    return member && <PersonName>{local(member.name)}</PersonName>
  }
  if (lines.length === 0)
    return (
      <Empty title={t('tills-none')} level={2}>
        {t('day-none-next')}
      </Empty>
    )
  const columns: Column<Line>[] = [
    {
      id: 'till',
      head: t('till'),
      heads: true,
      tight: true,
      cell: ({ session }) => (
        <a href={url(addresses.tillSession, { session: session.id })}>
          <bdi>{session.book}</bdi>
        </a>
      ),
    },
    { id: 'who', head: t('collector'), cell: ({ session }) => name(session.collectorId), phone: 'line' },
    {
      id: 'opened',
      head: t('session-opened'),
      cell: ({ session }) => <DateText value={session.openedAt} form="moment" />,
    },
    {
      id: 'sums',
      head: t('tills-taken'),
      cell: ({ rows }) =>
        rows.map(row => (
          <p key={`${row.tender} ${row.expected.currency}`}>
            {t(row.tender)} <Money value={row.expected} />
          </p>
        )),
    },
    {
      id: 'off',
      head: t('difference'),
      cell: ({ session, rows }) => {
        const off = rows.filter(row => row.difference.minor !== 0)
        if (off.length === 0) return session.state === 'open' ? '' : t('no-difference')
        return (
          <>
            {off.map(row => (
              <p key={`${row.tender} ${row.expected.currency}`}>
                <Difference of={row.difference} />
              </p>
            ))}
            <small className="plain mut">{session.closingReason}</small>
          </>
        )
      },
    },
    {
      id: 'state',
      head: t('tills-state'),
      phone: 'line' as const,
      cell: ({ session }) => (
        <>
          {t(`session-${session.state}`)}
          {session.handedTo && (
            <>
              <br />
              <small className="plain mut">{name(session.handedTo)}</small>
            </>
          )}
        </>
      ),
    },
  ]
  return (
    <Pane id="tills" title={t('tills-title')} icon="cash" pad={false}>
      <Table caption={t('tills-title')} columns={columns} rows={lines} rowId={({ session }) => session.id} />
    </Pane>
  )
}
