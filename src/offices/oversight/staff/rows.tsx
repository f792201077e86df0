import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import {
  type Column,
  DateText,
  Empty,
  Head,
  Pager,
  Pane,
  PersonName,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type RowsReason, rowsReasons } from '../../looks/index.ts'
import { oversightText, oversightTexts } from '../strings.ts'
import { LookTabs } from './tabs.tsx'

const perPage = 50

/** GET: who had more people on screen in a day than the town lets go without a reason, and why. */
export async function showRowsReasons(call: Call): Promise<Response> {
  const { before } = call.query
  const from = before !== undefined && isId(before) ? before : undefined
  const list = await read(call, tx => rowsReasons(tx, { before: from, limit: perPage + 1 }))
  return showPage(
    call,
    <StaffLayout title={oversightText(call.locale, 'rows-title')}>
      <RowsPage call={call} list={list} before={from} />
    </StaffLayout>,
  )
}

function RowsPage({ call, list, before }: { call: Call; list: RowsReason[]; before: string | undefined }) {
  const t = useTexts(oversightTexts)
  const local = useLocalized()
  const { url } = usePage()
  const shown = list.slice(0, perPage)
  const columns: Column<RowsReason>[] = [
    {
      id: 'who',
      head: t('who'),
      heads: true,
      phone: 'line',
      cell: each => (
        <>
          <PersonName strong>{local(each.staff)}</PersonName>{' '}
          {each.office && <small className="dim">{local(each.office)}</small>}
        </>
      ),
    },
    { id: 'rows', head: t('rows-people'), tight: true, cell: each => each.rows },
    { id: 'why', head: t('why'), cell: each => <bdi>{each.words}</bdi> },
    {
      id: 'when',
      head: t('when'),
      dim: true,
      tight: true,
      cell: each => <DateText value={each.at} form="moment" />,
    },
  ]
  return (
    <>
      <Head title={t('rows-title')} sub={t('rows-sub')} />
      <LookTabs call={call} current="rows" />
      {shown.length === 0 ? (
        <Empty title={t('rows-none')} level={2}>
          {t('rows-none-text')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table caption={t('rows-title')} columns={columns} rows={shown} rowId={each => each.id} />
        </Pane>
      )}
      <Pager
        previous={before ? url(addresses.lookRows) : undefined}
        next={list.length > perPage ? url(addresses.lookRows, {}, { before: shown.at(-1)?.id }) : undefined}
      />
    </>
  )
}
