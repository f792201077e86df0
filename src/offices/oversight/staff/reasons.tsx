import { sql } from 'kysely'
import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read } from '../../../platform/database/index.ts'
import {
  type Column,
  DateText,
  Empty,
  FilterBar,
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
import { oversightText, oversightTexts } from '../strings.ts'
import { LookTabs } from './tabs.tsx'

/** A reason somebody gave to open a file that nothing under way opens. */
export type GivenReason = {
  id: string
  at: Date
  staffId: string
  staff: Localized
  office: Localized | undefined
  person: string
  words: string
  /** A part that stands masked was shown. */
  sensitive: boolean
}

const perPage = 50
const lately = 30 * 86_400_000

/** Reasons given, the latest first; those of one member of the staff with `staffId`. The next page begins after `before`, an id. */
export async function reasonsGiven(
  tx: Read,
  { staffId, before, limit }: { staffId?: string | undefined; before?: string | undefined; limit: number },
): Promise<GivenReason[]> {
  const { rows } = await sql<{
    grant_id: string
    at: Date
    staff_id: string
    name_ar: string
    name_en: string
    office_ar: string | null
    office_en: string | null
    person: string
    words: string
    part: string
  }>`
    select g.grant_id, g.at, g.staff_id, s.name_ar, s.name_en, o.name_ar as office_ar, o.name_en as office_en,
           p.display_name as person, g.words, g.part
      from look_grant g
      join staff s on s.municipality_id = g.municipality_id and s.staff_id = g.staff_id
      join person p on p.municipality_id = g.municipality_id and p.person_id = g.person_id
      left join office o on o.municipality_id = g.municipality_id and o.office_code = g.office_code
     where g.municipality_id = ${tx.town} ${staffId === undefined ? sql`` : sql`and g.staff_id = ${staffId}`}
       ${
         before === undefined
           ? sql``
           : sql`and (g.at, g.grant_id) < (select b.at, b.grant_id from look_grant b
            where b.municipality_id = ${tx.town} and b.grant_id = ${before})`
       }
     order by g.at desc, g.grant_id desc limit ${limit}`.execute(tx.q)
  return rows.map(row => ({
    id: row.grant_id,
    at: row.at,
    staffId: row.staff_id,
    staff: { ar: row.name_ar, en: row.name_en },
    office: row.office_ar === null ? undefined : { ar: row.office_ar, en: row.office_en ?? row.office_ar },
    person: row.person,
    words: row.words,
    sensitive: row.part !== '',
  }))
}

type Often = { staffId: string; name: Localized; count: number }

/** Who gave reasons most often of late. */
async function oftenest(tx: Read): Promise<Often[]> {
  const { rows } = await sql<{ staff_id: string; name_ar: string; name_en: string; n: number }>`
    select g.staff_id, s.name_ar, s.name_en, count(*)::int as n
      from look_grant g join staff s on s.municipality_id = g.municipality_id and s.staff_id = g.staff_id
     where g.municipality_id = ${tx.town} and g.at > ${new Date(tx.now.getTime() - lately)}
     group by g.staff_id, s.name_ar, s.name_en order by n desc, s.name_ar limit 8`.execute(tx.q)
  return rows.map(row => ({
    staffId: row.staff_id,
    name: { ar: row.name_ar, en: row.name_en },
    count: row.n,
  }))
}

/** GET: files opened without a task, a visit or an inspection: by whom, whose, why. */
export async function showReasons(call: Call): Promise<Response> {
  const asked = (name: string) => (isId(call.query[name] ?? '') ? call.query[name] : undefined)
  const staffId = asked('who')
  const before = asked('before')
  const { list, often } = await read(call, async tx => ({
    list: await reasonsGiven(tx, { staffId, before, limit: perPage + 1 }),
    often: await oftenest(tx),
  }))
  const title = oversightText(call.locale, 'reasons-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <ReasonsPage call={call} list={list} often={often} who={staffId} before={before} />
    </StaffLayout>,
  )
}

function ReasonsPage(props: {
  call: Call
  list: GivenReason[]
  often: Often[]
  who: string | undefined
  before: string | undefined
}) {
  const { call, list, often, who, before } = props
  const t = useTexts(oversightTexts)
  const local = useLocalized()
  const { url } = usePage()
  const shown = list.slice(0, perPage)
  const here = (query: Record<string, string | undefined>) => url(addresses.lookReview, {}, { who, ...query })
  const columns: Column<GivenReason>[] = [
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
    { id: 'whose', head: t('whose'), cell: each => <PersonName>{each.person}</PersonName> },
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
      <Head title={t('reasons-title')} sub={t('reasons-sub')} />
      <LookTabs call={call} current="reasons" />
      {often.length > 0 && (
        <FilterBar
          label={t('reasons-often')}
          chips={[
            { label: t('filter-all'), href: here({ who: undefined }), on: who === undefined },
            ...often.map(each => ({
              label: local(each.name),
              count: each.count,
              on: who === each.staffId,
              href: here({ who: each.staffId }),
            })),
          ]}
        />
      )}
      {shown.length === 0 ? (
        <Empty title={t('reasons-none')} level={2}>
          {t('reasons-none-text')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table caption={t('reasons-title')} columns={columns} rows={shown} rowId={each => each.id} />
        </Pane>
      )}
      <Pager
        previous={before ? here({}) : undefined}
        next={list.length > perPage ? here({ before: shown.at(-1)?.id }) : undefined}
      />
    </>
  )
}
