import { addresses } from '../../../lib/addresses.ts'
import {
  Bars,
  type Figure,
  Figures,
  Pane,
  StackBars,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { FloorView } from './load.ts'
import { floorTexts } from './strings.ts'
import { type LatePerson, lateOf, type WorkAt } from './work.ts'

type Of = { view: FloorView }

/** Share of promises the centre holds itself to. */
const goal = 90

/** Six figures of today. */
export function Six({ view: { figures, ratings, work } }: Of) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const worst = work.offices.find(each => each.late + each.veryLate > 0)
  const median = figures.medianHours
  const list: Figure[] = [
    {
      label: t('fig-received'),
      value: figures.received,
      note: t('fig-received-note', { count: figures.receivedFromAfar }),
    },
    { label: t('fig-done'), value: figures.done, note: t('fig-done-note', { count: figures.doneBefore }) },
    {
      label: t('fig-open'),
      value: work.open,
      note: t('fig-open-note', { count: work.waitingForCitizen }),
    },
    {
      label: t('fig-late'),
      value: lateOf(work.offices),
      alarm: worst !== undefined,
      note: worst ? t('fig-late-note', { office: local(worst.name) }) : t('fig-late-none'),
    },
    {
      label: t('fig-median'),
      value:
        median === undefined
          ? t('none')
          : median < 24
            ? t('fig-hours', { count: Math.max(1, Math.round(median)) })
            : t('fig-days', { count: Math.round(median / 24) }),
      note: t('fig-median-note'),
    },
    {
      label: t('fig-rating'),
      value:
        ratings.average === undefined
          ? t('none')
          : t('fig-rating-value', { average: ratings.average.toFixed(1) }),
      note: t('fig-rating-note', { count: ratings.answers }),
    },
  ]
  return <Figures figures={list} />
}

/** Where work stands, office by office; each leads to what is late there. */
export function Work({ view }: Of) {
  const t = useTexts(floorTexts)
  const open = view.work.offices.reduce((sum, each) => sum + totalOf(each), 0)
  return (
    <Pane id="work" title={t('work-title')} end={t('work-open', { count: open })}>
      <WorkBars work={view.work.offices} />
    </Pane>
  )
}

const totalOf = (each: WorkAt) => each.inTime + each.soon + each.late + each.veryLate

export function WorkBars({ work }: { work: WorkAt[] }) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <StackBars
      bars={work.map(each => {
        const late = each.late + each.veryLate
        return {
          id: each.office,
          label: local(each.name),
          href: url(addresses.lateTasks, {}, { office: each.office }),
          inTime: each.inTime,
          soon: each.soon,
          late: each.late,
          veryLate: each.veryLate,
          note: late > 0 ? t('work-late', { count: late }) : t('work-none'),
        }
      })}
    />
  )
}

export function KeptPane({ view: { kept, services } }: Of) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  return (
    <Pane id="kept" title={t('kept-title')} end={t('kept-sub', { goal })}>
      {kept.length === 0 ? (
        <p className="sm mut">{t('kept-none')}</p>
      ) : (
        <Bars
          top={100}
          goal={goal}
          bars={kept.map(each => {
            const share = Math.round((100 * each.inTime) / each.ended)
            const name = services.get(each.serviceCode)
            return {
              id: each.serviceCode,
              label: name ? local(name) : each.serviceCode,
              value: share,
              shown: t('percent', { share }),
              below: share < goal,
            }
          })}
        />
      )}
    </Pane>
  )
}

export function Stoppers({ view: { stoppers } }: Of) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  return (
    <Pane id="stop" title={t('stop-title')} end={t('stop-sub')}>
      {stoppers.length === 0 ? (
        <p className="sm mut">{t('stop-none')}</p>
      ) : (
        <Bars
          bars={stoppers.map(each => ({
            id: each.name.ar,
            label: local(each.name),
            value: each.count,
            shown: each.count,
          }))}
        />
      )}
    </Pane>
  )
}

/** How often people came for one request: what the centre is there to lower. */
export function TripsPane({ view: { trips } }: Of) {
  const t = useTexts(floorTexts)
  const rows = ['none', 'one', 'two', 'more'] as const
  return (
    <Pane id="trips" title={t('trips-title')} end={t('trips-sub')}>
      {trips.average === undefined ? (
        <p className="sm mut">{t('trips-nothing')}</p>
      ) : (
        <>
          <p className="sm mut">{t('trips-average', { average: trips.average.toFixed(1) })}</p>
          <Bars
            bars={rows.map(id => ({ id, label: t(`trips-${id}`), value: trips[id], shown: trips[id] }))}
          />
        </>
      )}
    </Pane>
  )
}

/** Who has what late; each name leads to it. */
export function People({ people }: { people: LatePerson[] }) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <Pane id="people" title={t('people-title')}>
      {people.length === 0 ? (
        <p className="sm mut">{t('people-none')}</p>
      ) : (
        <ul className="lines">
          {people.map(each => (
            <li key={each.staffId}>
              <a href={url(addresses.lateTasks, {}, { staff: each.staffId })}>{local(each.name)}</a>
              <small className={each.late > 0 ? 'line-note stop-c' : 'line-note mut'}>
                {t('people-count', { late: each.late, soon: each.soon })}
              </small>
            </li>
          ))}
        </ul>
      )}
    </Pane>
  )
}
