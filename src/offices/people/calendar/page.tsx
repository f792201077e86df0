import { addresses } from '../../../lib/addresses.ts'
import { type CalendarDate, dateIn, type WorkCalendar } from '../../../lib/calendar.ts'
import { shortDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  type Column,
  Columns,
  Crumbs,
  DateField,
  Empty,
  Form,
  faultOf,
  Head,
  KeyValues,
  MultipleField,
  Pane,
  Stack,
  StaffLayout,
  Table,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { Typed } from '../../../web/call.ts'
import { type Change, forGood } from './model.ts'
import { calendarTexts } from './strings.ts'

export type CalendarView = {
  calendar: WorkCalendar
  mayWrite: boolean
  /** Which form is open. */
  kind: Change['kind']
  faults: readonly Fault[]
  typed: Typed
}

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const

/** `/manage/calendar`: when the town is open, and what was announced. */
export function CalendarPage({ view }: { view: CalendarView }) {
  const t = useTexts(calendarTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={t('title')} faults={view.faults}>
      <Crumbs links={[{ label: t('back'), href: url(addresses.manage) }]} />
      <Head title={t('title')} sub={t('sub')} />
      <Columns side={view.mayWrite && <ChangeForm view={view} />}>
        <Stack>
          <Week week={view.calendar.week} />
          <Coming view={view} />
        </Stack>
      </Columns>
    </StaffLayout>
  )
}

function Week({ week }: { week: WorkCalendar['week'] }) {
  const t = useTexts(calendarTexts)
  return (
    <Pane id="week" title={t('week')}>
      <KeyValues
        pairs={weekdays.map(day => {
          const hours = week[day]
          return {
            term: t(`day-${day}`),
            value: hours ? <bdi dir="ltr">{t('hours', hours)}</bdi> : <span className="mut">{t('off')}</span>,
          }
        })}
      />
    </Pane>
  )
}

type Entry = { kind: Change['kind']; from: CalendarDate; to: CalendarDate; reason: string }

/** What stands after today, in the order of its days; a closure of several days is one line. */
function comingOf({ closures, special = [] }: WorkCalendar, today: CalendarDate): Entry[] {
  const days = closures
    .filter(({ date, withdrawnAt }) => !withdrawnAt && date > today)
    .map(({ date, reason }): Entry => ({ kind: 'closure', from: date, to: date, reason }))
  const hours = special
    .filter(({ to, withdrawnAt }) => !withdrawnAt && to > today)
    .map(({ from, to, reason = '' }): Entry => ({ kind: 'hours', from, to, reason }))
  return [...days, ...hours].sort((a, b) => (a.from < b.from ? -1 : 1))
}

function Coming({ view }: { view: CalendarView }) {
  const t = useTexts(calendarTexts)
  const { url, now, locale, timeZone } = usePage()
  const today = dateIn(now, timeZone)
  const coming = comingOf(view.calendar, today)
  const day = (date: CalendarDate) => shortDate(date, { locale, timeZone: 'UTC' })
  const columns: Column<Entry>[] = [
    { id: 'what', head: t('what'), heads: true, phone: 'line', cell: ({ reason }) => reason },
    {
      id: 'when',
      head: t('when'),
      cell: ({ from, to }) => (
        <bdi>
          {from === to
            ? day(from)
            : to === forGood
              ? t('span-on', { from: day(from) })
              : t('span', { from: day(from), to: day(to) })}
        </bdi>
      ),
    },
    {
      id: 'withdraw',
      head: <span className="vh">{t('withdraw')}</span>,
      phone: 'end',
      cell: ({ kind, from }) =>
        view.mayWrite &&
        from > today && (
          <Form action={url(addresses.manageCalendarWithdraw)} hidden={{ kind, from }} inline>
            <Button variant="plain">{t('withdraw')}</Button>
          </Form>
        ),
    },
  ]
  return (
    <Pane id="coming" title={t('coming')} pad={false}>
      {coming.length === 0 ? (
        <Empty level={2} title={t('coming-none')} />
      ) : (
        <Table
          caption={t('coming')}
          columns={columns}
          rows={coming}
          rowId={({ kind, from }) => `${kind} ${from}`}
        />
      )}
    </Pane>
  )
}

function ChangeForm({ view }: { view: CalendarView }) {
  const t = useTexts(calendarTexts)
  const { url } = usePage()
  const { kind, typed } = view
  const other = kind === 'hours' ? 'closure' : 'hours'
  const value = (name: string) => String([typed[name] ?? ''].flat().at(-1))
  const fault = (name: string) => faultOf(view.faults, name)
  const open = weekdays.filter(day => view.calendar.week[day])
  const usual = view.calendar.week.find(hours => hours !== null)
  return (
    <Pane id={kind} title={t(`new-${kind}`)}>
      <p className="sm mut">{t(`new-${kind}-hint`)}</p>
      <Form action={url(addresses.manageCalendar)} hidden={{ kind }}>
        <DateField name="from" label={t('from')} value={value('from')} fault={fault('from')} />
        <DateField
          name="to"
          label={t('to')}
          hint={t(`to-hint-${kind}`)}
          optional
          value={value('to')}
          fault={fault('to')}
        />
        {kind === 'hours' && (
          <>
            <TextField
              name="opens"
              label={t('opens')}
              width="short"
              ltr
              value={value('opens') || usual?.from}
              fault={fault('opens')}
            />
            <TextField
              name="closes"
              label={t('closes')}
              width="short"
              ltr
              value={value('closes') || usual?.to}
              fault={fault('closes')}
            />
            <MultipleField
              name="days"
              label={t('days')}
              values={view.faults.length > 0 ? [typed.days ?? []].flat() : open.map(String)}
              fault={fault('days')}
              options={weekdays.map(day => ({ value: String(day), label: t(`day-${day}`) }))}
            />
          </>
        )}
        <TextField
          name="reason"
          label={t('reason')}
          hint={t(`reason-hint-${kind}`)}
          maxLength={80}
          value={value('reason')}
          fault={fault('reason')}
        />
        <Button>{t('announce')}</Button>
      </Form>
      <p className="mt-s">
        <a href={url(addresses.manageCalendar, {}, { kind: other })}>{t(`new-${other}`)}</a>
      </p>
    </Pane>
  )
}
