import { addresses } from '../../../lib/addresses.ts'
import { addDays, type CalendarDate, dateIn, isCalendarDate, startOfDay } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import {
  Button,
  DateField,
  DateText,
  Empty,
  FilterBar,
  Form,
  faultOf,
  Head,
  Num,
  NumberField,
  Pager,
  Pane,
  PersonName,
  Row,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { lastCheckpoint } from '../store.ts'
import { sealTexts } from '../strings.ts'
import { type Entry, type EntryFilter, entriesOf, findEntry } from './store.ts'
import { WhoText } from './who.tsx'

const shown = 50
const mostDays = 31

/** What the address asks for, with what is wrong in it. */
type Asked = {
  from: CalendarDate
  to: CalendarDate
  who: { kind: string; id: string } | undefined
  act: string | undefined
  requestId: string | undefined
  before: string | undefined
  place: string
  faults: Fault[]
}

function readAsked({ query, now, town }: Call): Asked {
  const today = dateIn(now, town.timeZone)
  const faults: Fault[] = []
  const day = (name: 'from' | 'to', usual: CalendarDate): CalendarDate => {
    const typed = query[name]?.trim()
    if (!typed) return usual
    const day = typed.replace(
      /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/,
      (_, d: string, m: string, y: string) => `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`,
    )
    if (isCalendarDate(day)) return day
    faults.push({ field: name, code: 'not-a-date' })
    return usual
  }
  const to = day('to', today)
  const from = day('from', addDays(to, -6))
  if (from < addDays(to, 1 - mostDays))
    faults.push({ field: 'from', code: 'days-too-many', values: { days: mostDays } })
  const [kind = '', id = ''] = (query.who ?? '').split(':')
  return {
    from,
    to,
    faults,
    who: kind && id ? { kind, id } : undefined,
    act: query.act || undefined,
    requestId: query.request && isId(query.request) ? query.request : undefined,
    before: query.before && isId(query.before) ? query.before : undefined,
    place: query.place?.trim() ?? '',
  }
}

/** `/office/audit`: every act and look of a time, each with its place in the log. */
export async function showAudit(call: Call): Promise<Response> {
  const asked = readAsked(call)
  if (/^[1-9][0-9]{0,14}$/.test(asked.place)) {
    const { entry, size } = await read(call, async tx => ({
      entry: await findEntry(tx, { place: Number(asked.place) - 1 }),
      size: (await lastCheckpoint(tx))?.size ?? 0,
    }))
    if (entry) return redirect(url(call, addresses.auditEntry, { entry: entry.id }))
    asked.faults.push({ field: 'place', code: 'no-such-entry', values: { last: size } })
  }
  const { timeZone } = call.town
  const filter: EntryFilter = {
    ...asked,
    from: startOfDay(asked.from, timeZone),
    to: startOfDay(addDays(asked.to, 1), timeZone),
  }
  const entries = asked.faults.length > 0 ? [] : await read(call, tx => entriesOf(tx, filter, shown + 1))
  return showPage(call, <AuditPage asked={asked} entries={entries} />, asked.faults.length > 0 ? 422 : 200)
}

function AuditPage({ asked, entries }: { asked: Asked; entries: Entry[] }) {
  const t = useTexts(sealTexts)
  const { url } = usePage()
  const local = useLocalized()
  const { from, to, who, act, requestId, faults } = asked
  const query = { from, to, who: who && `${who.kind}:${who.id}`, act, request: requestId }
  const here = (more: Record<string, string | undefined>) => url(addresses.audit, {}, { ...query, ...more })
  const lines = entries.slice(0, shown)
  const last = entries.length > shown ? lines.at(-1)?.id : undefined
  const name = lines.find(each => each.actorId === who?.id)?.name
  const chips = [
    ...(who ? [{ what: name ? local(name) : t('filter-who'), without: { who: undefined } }] : []),
    ...(act ? [{ what: act, without: { act: undefined } }] : []),
    ...(requestId ? [{ what: t('filter-request'), without: { request: undefined } }] : []),
  ]
  return (
    <StaffLayout title={t('audit')} faults={faults}>
      <Head title={t('audit')} sub={t('audit-sub')} />
      <Form action={url(addresses.audit)} method="get" label={t('audit')}>
        <Row>
          <DateField
            name="from"
            label={t('audit-from')}
            hint=""
            value={from}
            fault={faultOf(faults, 'from')}
          />
          <DateField name="to" label={t('audit-to')} hint="" value={to} fault={faultOf(faults, 'to')} />
          <NumberField
            name="place"
            label={t('audit-place')}
            value={asked.place}
            fault={faultOf(faults, 'place')}
            optional
          />
          <Button variant="quiet">{t('audit-show')}</Button>
        </Row>
      </Form>
      {chips.length > 0 && (
        <FilterBar
          label={t('audit-filtered', { what: '' })}
          chips={[
            { label: t('audit-all'), href: url(addresses.audit, {}, { from, to }) },
            ...chips.map(each => ({
              label: each.what,
              href: here(each.without),
              on: true,
              icon: 'x' as const,
            })),
          ]}
        />
      )}
      {lines.length > 0 && (
        <Pane>
          <Lines lines={lines} here={here} />
        </Pane>
      )}
      {lines.length === 0 && faults.length === 0 && <Empty title={t('audit-none')} level={2} />}
      <Pager next={last && here({ before: last })} />
    </StaffLayout>
  )
}

function Lines({ lines, here }: { lines: Entry[]; here: (more: Record<string, string>) => string }) {
  const t = useTexts(sealTexts)
  const { url } = usePage()
  return (
    <Table
      caption={t('audit')}
      rows={lines}
      rowId={each => each.id}
      columns={[
        {
          id: 'place',
          head: t('col-place'),
          cell: each => (
            <a href={url(addresses.auditEntry, { entry: each.id })}>
              {each.place === undefined ? t('waiting') : <Num>{each.place + 1}</Num>}
            </a>
          ),
          heads: true,
          tight: true,
        },
        {
          id: 'at',
          head: t('col-at'),
          cell: each => <DateText value={each.at} form="moment" />,
          phone: 'end',
        },
        {
          id: 'who',
          head: t('col-who'),
          cell: each => (
            <a href={here({ who: `${each.actorKind}:${each.actorId}` })}>
              <WhoText entry={each} />
            </a>
          ),
          phone: 'line',
        },
        {
          id: 'act',
          head: t('col-act'),
          cell: each => (
            <a href={here({ act: each.act })}>
              <bdi dir="ltr">{each.act}</bdi>
            </a>
          ),
          phone: 'line',
        },
        {
          id: 'on',
          head: t('col-on'),
          cell: each =>
            each.requestId ? (
              <a href={here({ request: each.requestId })}>
                <bdi dir="ltr">{each.subjectKind}</bdi>
              </a>
            ) : (
              <bdi dir="ltr">{each.subjectKind}</bdi>
            ),
          phone: 'hide',
        },
        {
          id: 'cause',
          head: t('col-cause'),
          cell: each => each.cause && <PersonName>{each.cause}</PersonName>,
          phone: 'hide',
          dim: true,
        },
      ]}
    />
  )
}
