import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import {
  type Chip,
  type Column,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Head,
  Note,
  Num,
  Pager,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { passRows } from '../../../looks/index.ts'
import { papersAtHand } from '../by-hand.ts'
import { type Outgoing, outgoingOf, outgoingYears } from '../register.ts'
import { authorityText, authorityTexts } from '../strings.ts'

const pageSize = 50

type View = {
  year: number
  years: { year: number; count: number }[]
  rows: Outgoing[]
  more: boolean
  atHand: number
}

/** GET: the register of a year, the latest number first. */
export async function showOutgoing(call: Call): Promise<Response> {
  const thisYear = Number(dateIn(call.now, call.town.timeZone).slice(0, 4))
  const year = /^\d{4}$/.test(call.query.year ?? '') ? Number(call.query.year) : thisYear
  const before = /^\d{1,9}$/.test(call.query.before ?? '') ? Number(call.query.before) : undefined
  const view = await read(call, async tx => {
    const rows = await outgoingOf(tx, year, before, pageSize + 1)
    const atHand = (await papersAtHand(tx)).length
    return {
      year,
      years: await outgoingYears(tx),
      rows: rows.slice(0, pageSize),
      more: rows.length > pageSize,
      atHand,
    }
  })
  await passRows(call, view.rows.length)
  const title = authorityText(call.locale, 'out-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Register {...view} />
    </StaffLayout>,
  )
}

function Register({ year, years, rows, more, atHand }: View) {
  const t = useTexts(authorityTexts)
  const { url } = usePage()
  const columns = useColumns()
  const chips = years.map(
    (each): Chip => ({
      label: String(each.year),
      count: each.count,
      href: url(addresses.outgoing, {}, { year: each.year }),
      on: each.year === year,
    }),
  )
  const last = rows.at(-1)
  return (
    <>
      <Head title={t('out-title')} sub={t('out-sub')} />
      <Stack>
        {atHand > 0 && (
          <Note tone="honey" icon="cert" title={t('hand-waiting', { count: atHand })}>
            {t('hand-waiting-note')}
          </Note>
        )}
        {chips.length > 1 && <FilterBar chips={chips} label={t('years')} />}
        {rows.length === 0 ? (
          <Empty title={t('out-none')} level={2}>
            {t('out-none-why')}
          </Empty>
        ) : (
          <Pane pad={false}>
            <Table
              caption={t('out-title')}
              columns={columns}
              rows={rows}
              rowId={row => `${row.number}/${row.year}`}
            />
          </Pane>
        )}
        {more && last && <Pager next={url(addresses.outgoing, {}, { year, before: last.number })} />}
      </Stack>
    </>
  )
}

function useColumns(): Column<Outgoing>[] {
  const t = useTexts(authorityTexts)
  const local = useLocalized()
  const { url } = usePage()
  return [
    {
      id: 'number',
      head: t('out-number'),
      heads: true,
      tight: true,
      cell: row => <Num>{`${row.number}/${row.year}`}</Num>,
    },
    {
      id: 'what',
      head: t('out-what'),
      phone: 'line',
      cell: row =>
        row.certificateId === undefined ? (
          row.title
        ) : (
          <a
            href={
              row.form === 'wet'
                ? url(addresses.handPaper, { id: row.certificateId })
                : url(addresses.certificate, { id: row.certificateId })
            }
          >
            {row.title}
          </a>
        ),
    },
    { id: 'to', head: t('out-to'), cell: row => <PersonName>{row.addressee}</PersonName> },
    {
      id: 'by',
      head: t('out-by'),
      phone: 'hide',
      dim: true,
      cell: row => row.signer && <PersonName>{local(row.signer)}</PersonName>,
    },
    {
      id: 'form',
      head: t('out-form'),
      cell: row =>
        row.atHand ? (
          <Flag icon="clock" tone="honey">
            {t('at-hand')}
          </Flag>
        ) : (
          t(`form-${row.form}`)
        ),
    },
    {
      id: 'when',
      head: t('out-when'),
      phone: 'end',
      dim: true,
      tight: true,
      cell: row => <DateText value={row.enteredAt} form="dense" />,
    },
  ]
}
