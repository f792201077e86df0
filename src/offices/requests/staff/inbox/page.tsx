import { addresses } from '../../../../lib/addresses.ts'
import type { WorkCalendar } from '../../../../lib/calendar.ts'
import { longDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { planOnce } from '../../../../platform/database/planned.ts'
import {
  type Chip,
  Empty,
  FilterBar,
  Head,
  InboxTable,
  KeyHints,
  LinkButton,
  LiveRegion,
  Pager,
  Pane,
  StaffLayout,
  Tabs,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, type Typed } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { nothing, type Route, route, staff } from '../../../../web/route.ts'
import type { Catalogue } from '../../../catalogue/index.ts'
import { type Office, officesOf } from '../../../people/index.ts'
import { type Box, boxes, type Desk } from '../../boxes.ts'
import { catalogueWith } from '../../filing/standing.ts'
import { type Colleague, colleaguesOf } from '../colleagues.ts'
import { inboxTopic } from '../live.ts'
import { typedAll } from '../request/read-act.ts'
import { staffText, staffTexts } from '../strings.ts'
import { BulkBar } from './bulk-bar.tsx'
import { useRows } from './rows.tsx'
import { countInbox, type InboxCounts, type InboxFilter, type InboxLine, listInbox } from './store.ts'

const pageSize = 30

export const inboxRoute: Route = route({
  method: 'get',
  address: addresses.inbox,
  access: staff('request.act', 'request.read'),
  audit: nothing('names the people of the reader’s own tasks; opening one is written down'),
  handle: call => showInbox(call, filterOf(call.query)),
})

/** What was typed into the bar below the list, and what was wrong with it. */
export type BulkShown = { typed: Typed; faults: readonly Fault[] }

/** Shows a box; with a form for several tasks that came back, as it was filled in. */
export async function showInbox(call: Call, filter: InboxFilter, bulk?: BulkShown): Promise<Response> {
  const desk = deskOf(call)
  const takes = takesMany(filter.box)
  const [, lines, counts, colleagues, offices] = await read(call, tx =>
    Promise.all([
      planOnce(tx),
      listInbox(tx, desk, filter, call.town.timeZone, pageSize + 1),
      countInbox(tx, desk, filter.box, call.town.timeZone),
      takes ? colleaguesOf(tx, call.town.timeZone) : [],
      takes ? officesOf(tx) : [],
    ]),
  )
  const counted = counts.services.map(({ code, version }) => ({ serviceCode: code, serviceVersion: version }))
  const catalogue = await catalogueWith(call, [...lines, ...counted])
  return showPage(
    call,
    <Inbox
      filter={filter}
      lines={lines.slice(0, pageSize)}
      more={lines.length > pageSize}
      counts={counts}
      catalogue={catalogue}
      calendar={call.town.calendar}
      staffId={desk.staffId}
      title={staffText(call.locale, 'inbox-title')}
      colleagues={colleagues}
      offices={offices}
      bulk={bulk}
    />,
    bulk ? 422 : 200,
  )
}

/** Boxes of tasks one works on: there several can be done at once. */
const takesMany = (box: Box): boolean => box === 'mine' || box === 'office' || box === 'returned'

/** The desk of whoever is at the door. */
export function deskOf(call: Pick<Call, 'visitor'>): Desk {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Error('a desk belongs to somebody of the staff')
  // What is lent for letters or for reading alone brings no task.
  const appointments = actor.appointments.filter(({ only }) => only === undefined || only === 'tasks')
  return { staffId: actor.staffId, appointments }
}

/** What of a box is asked for, in an address or by a form that came from it. */
export function filterOf(query: Record<string, string | undefined>): InboxFilter {
  const box = boxes.find(each => each === query.box) ?? 'mine'
  const when = query.when === 'late' || query.when === 'today' ? query.when : undefined
  return { box, when, serviceCode: query.service, after: query.after }
}

type InboxProps = {
  title: string
  filter: InboxFilter
  lines: InboxLine[]
  more: boolean
  counts: InboxCounts
  catalogue: Catalogue
  calendar: WorkCalendar
  staffId: string
  colleagues: Colleague[]
  offices: Office[]
  bulk: BulkShown | undefined
}

function Inbox(props: InboxProps) {
  const { title, filter, lines, more, counts } = props
  const t = useTexts(staffTexts)
  const { url } = usePage()
  const of = (query: Partial<Record<'box' | 'service' | 'when' | 'after', string | undefined>>) =>
    url(addresses.inbox, {}, query)
  const { box, serviceCode, when } = filter
  const last = lines.at(-1)
  const rows = useRows({ ...props, box })
  return (
    <StaffLayout title={title} faults={props.bulk?.faults}>
      <LiveRegion topic={inboxTopic}>
        <Head
          title={title}
          sub={<Summary counts={counts} box={box} />}
          actions={
            <>
              <LinkButton variant="plain" icon="cal" href={url(addresses.outings)}>
                {t('visits-title')}
              </LinkButton>
              <LinkButton variant="plain" icon="settings" href={url(addresses.myDesk)}>
                {t('my-desk')}
              </LinkButton>
            </>
          }
        />
        <Tabs
          label={t('inbox-boxes')}
          tabs={boxes.map((each, place) => ({
            label: t(`box-${each}`),
            href: of({ box: each === 'mine' ? undefined : each }),
            count: counts[each],
            current: each === box,
            hotkey: `Digit${place + 1}`,
          }))}
        />
        <Filters {...props} of={of} />
        {lines.length === 0 ? (
          <Nothing
            box={box}
            filtered={!!serviceCode || !!when || !!filter.after}
            all={of({ box: boxInAddress(box) })}
          />
        ) : (
          <BulkBar {...props} takes={takesMany(box)}>
            <Pane pad={false}>
              <InboxTable
                caption={t(`box-${box}`)}
                rows={rows}
                acts={rowActs}
                pick={
                  takesMany(box)
                    ? { name: 'task', chosen: typedAll(props.bulk?.typed ?? {}, 'task') }
                    : undefined
                }
              />
            </Pane>
          </BulkBar>
        )}
        {(more || filter.after) && (
          <div className="mt-s">
            <Pager
              previous={filter.after ? of({ box: boxInAddress(box), service: serviceCode, when }) : undefined}
              next={
                more && last
                  ? of({ box: boxInAddress(box), service: serviceCode, when, after: last.cursor })
                  : undefined
              }
            />
          </div>
        )}
      </LiveRegion>
      <KeyHints
        hints={[
          { keys: ['ArrowUp', 'ArrowDown'], label: t('key-move') },
          { keys: 'Enter', label: t('key-open') },
          { keys: 'A', label: t('key-approve') },
          { keys: 'R', label: t('key-refer') },
          { keys: 'S', label: t('key-ask') },
          { keys: 'O', label: t('key-opinion') },
          { keys: 'Z', label: t('key-defer') },
          { keys: 'X', label: t('key-pick') },
          { keys: '1…7', label: t('key-boxes') },
        ]}
        note={t('keys-by-place')}
      />
    </StaffLayout>
  )
}

const boxInAddress = (box: Box): string | undefined => (box === 'mine' ? undefined : box)

/** Keys of the list lead into the request with the act opened; what is not possible there is simply not opened. */
const rowActs = { KeyA: 'approve', KeyS: 'ask-papers', KeyR: 'refer', KeyO: 'opinion', KeyZ: 'defer' }

function Summary({ counts, box }: { counts: InboxCounts; box: Box }) {
  const t = useTexts(staffTexts)
  const page = usePage()
  const tells = takesMany(box)
  return (
    <>
      {longDate(page.now, page)}
      {tells && counts.late > 0 && ` · ${t('inbox-late', { count: counts.late })}`}
      {tells && counts.today > 0 && ` · ${t('inbox-today', { count: counts.today })}`}
    </>
  )
}

type AddressOf = (query: Partial<Record<'box' | 'service' | 'when' | 'after', string | undefined>>) => string

function Filters({ filter, counts, catalogue, of }: InboxProps & { of: AddressOf }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { serviceCode, when } = filter
  const box = boxInAddress(filter.box)
  const timed = takesMany(filter.box)
  const chips: Chip[] = [{ label: t('chip-all'), href: of({ box }), on: !serviceCode && !when }]
  if (timed && (counts.late > 0 || when === 'late')) {
    chips.push({
      label: t('chip-late'),
      count: counts.late,
      href: of({ box, when: 'late' }),
      on: when === 'late',
    })
  }
  if (timed && (counts.today > 0 || when === 'today')) {
    chips.push({
      label: t('chip-today'),
      count: counts.today,
      href: of({ box, when: 'today' }),
      on: when === 'today',
    })
  }
  if (counts.services.length > 1 || serviceCode) {
    for (const { code, version, count } of counts.services) {
      const { definition } = catalogue.get(code, version).service
      chips.push({
        label: local(definition.name),
        count,
        href: of({ box, service: code }),
        on: serviceCode === code,
      })
    }
  }
  const order = filter.box === 'forwarded' ? t('order-latest') : t('order-urgent')
  return chips.length > 1 ? <FilterBar chips={chips} order={order} /> : null
}

function Nothing({ box, filtered, all }: { box: Box; filtered: boolean; all: string }) {
  const t = useTexts(staffTexts)
  if (filtered) {
    return (
      <Empty
        title={t('empty-filtered')}
        level={2}
        action={
          <LinkButton variant="quiet" href={all}>
            {t('empty-show-all')}
          </LinkButton>
        }
      />
    )
  }
  return (
    <Empty title={t(`empty-${box}`)} level={2}>
      {t(`empty-${box}-why`)}
    </Empty>
  )
}
