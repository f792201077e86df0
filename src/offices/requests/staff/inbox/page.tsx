import { addresses } from '../../../../lib/addresses.ts'
import type { WorkCalendar } from '../../../../lib/calendar.ts'
import { longDate } from '../../../../lib/dates.ts'
import {
  type Chip,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Head,
  type InboxRow,
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
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { nothing, type Route, route, staff } from '../../../../web/route.ts'
import type { Catalogue } from '../../../catalogue/index.ts'
import { catalogueOf } from '../../../catalogue/index.ts'
import { type Box, boxes, type Desk } from '../../lists.ts'
import { requestNumber } from '../../model.ts'
import { clockOf } from '../clock.ts'
import { inboxTopic } from '../live.ts'
import { staffText, staffTexts } from '../strings.ts'
import { countInbox, type InboxCounts, type InboxFilter, type InboxLine, listInbox } from './store.ts'

const pageSize = 30

export const inboxRoute: Route = route({
  method: 'get',
  address: addresses.inbox,
  access: staff('request.act'),
  audit: nothing('names the people of the reader’s own tasks; opening one is written down'),
  handle: async call => {
    const filter = filterOf(call)
    const desk = deskOf(call)
    const { lines, counts, catalogue } = await read(call, async tx => ({
      lines: await listInbox(tx, desk, filter, call.town.timeZone, pageSize + 1),
      counts: await countInbox(tx, desk, filter.box, call.town.timeZone),
      catalogue: await catalogueOf(tx),
    }))
    const more = lines.length > pageSize
    return showPage(
      call,
      <Inbox
        filter={filter}
        lines={lines.slice(0, pageSize)}
        more={more}
        counts={counts}
        catalogue={catalogue}
        calendar={call.town.calendar}
        staffId={desk.staffId}
        title={staffText(call.locale, 'inbox-title')}
      />,
    )
  },
})

/** The desk of whoever is at the door. */
export function deskOf(call: Pick<Call, 'visitor'>): Desk {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Error('a desk belongs to somebody of the staff')
  return { staffId: actor.staffId, appointments: actor.appointments }
}

function filterOf({ query }: Call): InboxFilter {
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
}

function Inbox(props: InboxProps) {
  const { title, filter, lines, more, counts } = props
  const t = useTexts(staffTexts)
  const { url } = usePage()
  const of = (query: Partial<Record<'box' | 'service' | 'when' | 'after', string | undefined>>) =>
    url(addresses.inbox, {}, query)
  const { box, serviceCode, when } = filter
  const last = lines.at(-1)
  const rows = useRows(props)
  return (
    <StaffLayout title={title}>
      <LiveRegion topic={inboxTopic}>
        <Head title={title} sub={<Summary counts={counts} box={box} />} />
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
          <Pane pad={false}>
            <InboxTable caption={t(`box-${box}`)} rows={rows} acts={rowActs} />
          </Pane>
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
          { keys: '1…5', label: t('key-boxes') },
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
  const tells = box === 'mine' || box === 'office'
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
  const timed = filter.box === 'mine' || filter.box === 'office'
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

function useRows({ lines, catalogue, calendar, staffId, filter }: InboxProps): InboxRow[] {
  const local = useLocalized()
  const { url, now } = usePage()
  return lines.map(line => {
    const { definition } = catalogue.get(line.serviceCode, line.serviceVersion).service
    const step = definition.steps.find(({ id }) => id === line.step)
    const held = line.pausedAt !== undefined && line.purpose === 'step'
    return {
      id: line.taskId,
      href: url(addresses.officeRequest, { id: line.requestId }, { task: line.taskId }),
      clock: line.closedAt
        ? undefined
        : clockOf({ from: line.openedAt, due: line.dueAt, held }, now, calendar),
      service: local(definition.name),
      number: requestNumber(line),
      person: line.applicant,
      wanted: <Wanted line={line} step={step ? local(step.name) : ''} staffId={staffId} />,
      from: <From line={line} />,
      when: (
        <DateText
          value={filter.box === 'deferred' && line.deferredUntil ? line.deferredUntil : line.openedAt}
          form="dense"
        />
      ),
      flags: <Flags line={line} />,
      unread: line.assignee === undefined && line.state === 'open',
    }
  })
}

/** What is wanted of the reader; on a task that waits, of whom it waits. */
function Wanted({ line, step, staffId }: { line: InboxLine; step: string; staffId: string }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const words =
    line.closedAt !== undefined
      ? t('wanted-returned')
      : line.state === 'waiting'
        ? t('wanted-papers', { count: line.missingPapers.length })
        : line.state === 'referred'
          ? t('wanted-opinion-out')
          : line.purpose === 'opinion'
            ? t('wanted-opinion', { step })
            : line.purpose === 'information'
              ? t('wanted-information')
              : step
  const holder = line.assignee && line.assignee.id !== staffId ? local(line.assignee.name) : undefined
  return (
    <>
      {words}
      {holder && <small className="line-note dim">{t('held-by', { name: holder })}</small>}
    </>
  )
}

function From({ line }: { line: InboxLine }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  return (
    <>
      {line.from ? (
        <bdi>{local(line.from)}</bdi>
      ) : (
        t(line.channel === 'counter' ? 'from-counter' : 'from-web')
      )}
      {line.note && <small className="line-note dim">{shorten(line.note)}</small>}
    </>
  )
}

const longestNote = 70
const shorten = (note: string) =>
  note.length > longestNote ? `${note.slice(0, longestNote).trimEnd()}…` : note

function Flags({ line }: { line: InboxLine }) {
  const t = useTexts(staffTexts)
  return (
    <>
      {line.papers > 0 && (
        <Flag icon="doc" label={t('flag-papers')}>
          {line.papers}
        </Flag>
      )}
      {line.lastAct === 'supply-papers' && (
        <Flag icon="doc" tone="glass">
          {t('flag-arrived')}
        </Flag>
      )}
      {line.lastAct === 'refer-back' && (
        <Flag icon="opinion" tone="glass">
          {t('flag-referred-back')}
        </Flag>
      )}
      {line.lastAct === 'return' && (
        <Flag icon="turn" tone="honey">
          {t('flag-returned')}
        </Flag>
      )}
    </>
  )
}
