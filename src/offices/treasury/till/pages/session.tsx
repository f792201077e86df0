import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateTime, longDate } from '../../../../lib/dates.ts'
import { Forbidden } from '../../../../lib/errors.ts'
import { formatMoney } from '../../../../lib/money.ts'
import type { Read } from '../../../../platform/database/index.ts'
import {
  Crumbs,
  Head,
  LinkButton,
  Pane,
  type PaperLine,
  ReceiptSlip,
  Sheets,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type StaffMember, staffById } from '../../../people/index.ts'
import type { Receipt } from '../../model.ts'
import { useReceiptColumns } from '../../pages/receipt-columns.tsx'
import { receiptsOfSession } from '../../receipts.ts'
import { expectedOf } from '../expected.ts'
import { type Figure, reckon, type TillSession } from '../model.ts'
import { getSession } from '../sessions.ts'
import { tillText, tillTexts } from '../strings.ts'
import { FigureTable, ReckoningTable, useDifference } from './figures.tsx'

export type SessionView = {
  session: TillSession
  expected: Figure[]
  receipts: Receipt[]
  staff: Map<string, StaffMember>
}

/** A session with what the books expect of it; what is counted before the count's own difference is what was expected. */
export async function sessionView(tx: Read, id: string): Promise<SessionView> {
  const session = await getSession(tx, id)
  return {
    session,
    expected:
      session.state === 'open' ? await expectedOf(tx, id) : await expectedOf(tx, id, 'before-closing'),
    receipts: await receiptsOfSession(tx, id),
    staff: await staffById(
      tx,
      [session.collectorId, session.handedTo].filter(each => each !== undefined),
    ),
  }
}

/** GET: what a till took, what was counted, and the slip both sign. Their own, or any for whoever takes tills over. */
export async function showSession(call: Call): Promise<Response> {
  const view = await read(call, tx => sessionView(tx, idParam(call, 'session')))
  const { session } = view
  const takesOver = may(call.visitor.actor, 'till.hand-over')
  const own = actorKey(call.visitor.actor).id === session.collectorId
  if (!own && !takesOver) throw new Forbidden('not-your-till')
  const style = { locale: call.locale, timeZone: call.town.timeZone }
  const title = tillText(call.locale, 'session-title', {
    book: session.book,
    date: longDate(session.openedAt, style),
  })
  return showPage(
    call,
    <StaffLayout title={title}>
      <div className="no-print">
        <Crumbs links={[{ label: tillText(call.locale, 'mine-title'), href: url(call, addresses.till) }]} />
        <Head
          title={title}
          sub={tillText(call.locale, `session-${session.state}`)}
          actions={
            takesOver &&
            !own &&
            session.state === 'closed' && (
              <LinkButton href={url(call, addresses.treasuryHandOver, { session: session.id })}>
                {tillText(call.locale, 'session-hand-over')}
              </LinkButton>
            )
          }
        />
      </div>
      <SessionBody view={view} />
    </StaffLayout>,
  )
}

function SessionBody({ view }: { view: SessionView }) {
  const t = useTexts(tillTexts)
  const columns = useReceiptColumns()
  const { session, expected, receipts } = view
  return (
    <Stack>
      <div className="no-print">
        <Stack>
          <Pane
            id="count"
            title={session.state === 'open' ? t('mine-running') : t('session-count')}
            icon="cash"
            pad={false}
          >
            {session.state === 'open' ? (
              <FigureTable caption={t('mine-running')} figures={expected} />
            ) : (
              <ReckoningTable
                caption={t('session-count')}
                rows={reckon(expected, session.counted)}
                counted="counted"
              />
            )}
          </Pane>
          <Pane id="receipts" title={t('session-receipts')} icon="receipt" pad={false}>
            {receipts.length === 0 ? (
              <p className="pad mut">{t('session-no-receipts')}</p>
            ) : (
              <Table
                caption={t('session-receipts')}
                columns={columns}
                rows={receipts}
                rowId={each => each.id}
              />
            )}
          </Pane>
        </Stack>
      </div>
      {session.state !== 'open' && <Slips view={view} />}
    </Stack>
  )
}

/** Two slips alike: one for who hands over, one for who takes over. */
function Slips({ view }: { view: SessionView }) {
  const t = useTexts(tillTexts)
  return (
    <Sheets>
      <Slip view={view} id="slip-collector" copy={t('slip-copy-collector')} />
      <Slip view={view} id="slip-treasurer" copy={t('slip-copy-treasurer')} />
    </Sheets>
  )
}

function Slip({
  view: { session, expected, staff },
  id,
  copy,
}: {
  view: SessionView
  id: string
  copy: string
}) {
  const t = useTexts(tillTexts)
  const page = usePage()
  const local = useLocalized()
  const difference = useDifference()
  const name = (of: string | undefined) => {
    const member = of === undefined ? undefined : staff.get(of)
    return member ? local(member.name) : '……………………'
  }
  const sum = (figure: Figure): PaperLine => ({
    label: t(figure.tender),
    value: formatMoney(figure.amount, page.locale),
    strong: true,
  })
  const off = reckon(expected, session.counted).filter(row => row.difference.minor !== 0)
  const facts: PaperLine[] = [
    { label: t('till'), value: session.book, strong: true },
    { label: t('session-opened'), value: dateTime(session.openedAt, page) },
    ...(session.closedAt ? [{ label: t('session-closed-at'), value: dateTime(session.closedAt, page) }] : []),
    ...(session.handedAt ? [{ label: t('session-handed-at'), value: dateTime(session.handedAt, page) }] : []),
    ...session.counted.map(sum),
    ...off.map(row => ({
      label: `${t('difference')} ${t(row.tender)}`,
      value: difference(row.difference),
    })),
    ...(session.closingReason ? [{ label: t('reason'), value: session.closingReason }] : []),
    ...(session.handingReason ? [{ label: t('reason'), value: session.handingReason }] : []),
  ]
  const signing: PaperLine[] = [
    { label: t('slip-from'), value: name(session.collectorId), strong: true },
    { label: t('slip-sign'), value: '……………………' },
    { label: t('slip-to'), value: name(session.handedTo), strong: true },
    { label: t('slip-sign'), value: '……………………' },
  ]
  return <ReceiptSlip id={id} title={t('slip-title')} facts={facts} paid={[]} tender={signing} foot={copy} />
}
