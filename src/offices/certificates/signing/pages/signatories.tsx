import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { type CalendarDate, dateIn } from '../../../../lib/calendar.ts'
import {
  type Column,
  DateText,
  Empty,
  Flag,
  Head,
  LinkButton,
  Money,
  Note,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { type StaffMember, staffById } from '../../../people/index.ts'
import type { Authority } from '../authority.ts'
import { authorities } from '../store.ts'
import { type AuthorityKey, authorityText, authorityTexts } from '../strings.ts'

type View = { rows: Authority[]; staff: Map<string, StaffMember>; today: CalendarDate; writes: boolean }

/** GET: every authority the town has written; those in force first. */
export async function showSignatories(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const view = await read(call, async tx => {
    const rows = await authorities(tx)
    return {
      rows: inOrder(rows, today),
      staff: await staffById(
        tx,
        rows.map(({ staffId }) => staffId),
      ),
    }
  })
  const title = authorityText(call.locale, 'title')
  const writes = may(call.visitor.actor, 'staff.write')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Signatories {...view} today={today} writes={writes} />
    </StaffLayout>,
  )
}

/** Those in force, then those to come, then those that ended; a deputy under whom they stand in for. */
function inOrder(rows: readonly Authority[], today: CalendarDate): Authority[] {
  const rank = (row: Authority) => ({ now: 0, ahead: 1, ended: 2 })[stateOn(row, today)]
  const principals = rows.filter(row => row.deputyFor === undefined).sort((a, b) => rank(a) - rank(b))
  return principals.flatMap(row => [row, ...rows.filter(each => each.deputyFor === row.id)])
}

export function stateOn(
  row: Pick<Authority, 'from' | 'until'>,
  today: CalendarDate,
): 'now' | 'ended' | 'ahead' {
  if (row.from > today) return 'ahead'
  return row.until !== undefined && row.until < today ? 'ended' : 'now'
}

function Signatories(view: View) {
  const t = useTexts(authorityTexts)
  const { url } = usePage()
  const columns = useColumns(view)
  const add = view.writes && (
    <LinkButton href={url(addresses.signatoryNew)} icon="cert">
      {t('new')}
    </LinkButton>
  )
  if (view.rows.length === 0) {
    return (
      <>
        <Head title={t('title')} sub={t('sub')} />
        <Empty title={t('none-title')} level={2} action={add}>
          {t('none-why')}
        </Empty>
      </>
    )
  }
  return (
    <>
      <Head title={t('title')} sub={t('sub')} actions={add} />
      <Stack>
        {!view.writes && <Note>{t('read-only')}</Note>}
        <Pane pad={false} footer={<p className="sm mut">{t('rule')}</p>}>
          <Table caption={t('caption')} columns={columns} rows={view.rows} rowId={row => row.id} />
        </Pane>
      </Stack>
    </>
  )
}

const looks = {
  now: { tone: 'olive', icon: 'ok' },
  ended: { icon: 'no' },
  ahead: { tone: 'honey', icon: 'clock' },
} as const

function useColumns({ rows, staff, today, writes }: View): Column<Authority>[] {
  const t = useTexts(authorityTexts)
  const rich = useRichTexts(authorityTexts)
  const local = useLocalized()
  const { url } = usePage()
  const nameOf = (id: string | undefined) => {
    const member = id === undefined ? undefined : staff.get(id)
    return member ? local(member.name) : ''
  }
  return [
    {
      id: 'who',
      head: t('who'),
      heads: true,
      phone: 'line',
      cell: row => (
        <>
          <PersonName>{nameOf(row.staffId)}</PersonName>
          {row.deputyFor !== undefined && (
            <small className="plain mut line-note">
              {t('deputy', { name: nameOf(rows.find(({ id }) => id === row.deputyFor)?.staffId) })}
            </small>
          )}
        </>
      ),
    },
    { id: 'what', head: t('what'), cell: row => t(`kind-${row.kind}` as AuthorityKey) },
    {
      id: 'ceiling',
      head: t('ceiling'),
      cell: row =>
        row.ceilings.length === 0
          ? t('no-ceiling')
          : row.ceilings.map(sum => (
              <p key={sum.currency}>
                <Money value={sum} />
              </p>
            )),
    },
    { id: 'decision', head: t('decision'), cell: row => <bdi>{row.decision}</bdi> },
    {
      id: 'term',
      head: t('term'),
      cell: row => (
        <>
          <Flag {...looks[stateOn(row, today)]}>{t(`state-${stateOn(row, today)}`)}</Flag>
          <small className="line-note mut">
            {row.until
              ? rich('from-until', {
                  from: <DateText value={row.from} form="plain" />,
                  until: <DateText value={row.until} form="plain" />,
                })
              : rich('from-on', { from: <DateText value={row.from} form="plain" /> })}
          </small>
        </>
      ),
    },
    {
      id: 'acts',
      head: <span className="vh">{t('acts')}</span>,
      phone: 'end',
      tight: true,
      cell: row =>
        writes &&
        stateOn(row, today) !== 'ended' && (
          <>
            {row.deputyFor === undefined && (
              <>
                <a href={url(addresses.signatoryDeputy, { id: row.id })}>{t('add-deputy')}</a>
                {' · '}
              </>
            )}
            <a href={url(addresses.signatoryEnd, { id: row.id })}>{t('end')}</a>
          </>
        ),
    },
  ]
}
