import { type Column, Pane, PersonName, Table, useLocalized, usePage, useTexts } from '../../../ui/index.ts'
import type { Floor, WaitingTimes, WindowOnFloor } from '../../visits/index.ts'
import { floorTexts } from './strings.ts'

const minutesSince = (since: Date, now: Date) =>
  Math.max(0, Math.round((now.getTime() - since.getTime()) / 60_000))

/** Who sits at which window and serves whom since when, and how many wait. */
export function Hall({ hall, times }: { hall: Floor; times: WaitingTimes }) {
  const t = useTexts(floorTexts)
  const local = useLocalized()
  const { now } = usePage()
  const oldest = hall.purposes.flatMap(each => each.oldest ?? []).sort((a, b) => a.getTime() - b.getTime())[0]
  const columns: Column<WindowOnFloor>[] = [
    { id: 'window', head: t('window'), heads: true, tight: true, cell: each => each.number },
    {
      id: 'clerk',
      head: t('clerk'),
      cell: each =>
        each.staff ? (
          <PersonName>{local(each.staff.name)}</PersonName>
        ) : (
          <span className="dim">{t('window-closed')}</span>
        ),
    },
    {
      id: 'serving',
      head: t('serving'),
      cell: each => (each.now ? t('turn', { turn: each.now.turn }) : each.staff ? t('window-free') : ''),
    },
    {
      id: 'since',
      head: t('since'),
      tight: true,
      dim: true,
      cell: each => each.now && t('minutes', { count: minutesSince(each.now.since, now) }),
    },
  ]
  const open = hall.windows.filter(each => each.staff)
  const waiting =
    hall.waiting === 0
      ? t('hall-nobody')
      : [
          t('hall-waiting', { count: hall.waiting }),
          ...(oldest ? [t('hall-longest', { minutes: minutesSince(oldest, now) })] : []),
        ].join(' · ')
  const spread = times.all.waiting
  return (
    <Pane
      id="hall"
      title={t('hall-title')}
      aside={waiting}
      pad={open.length === 0}
      footer={
        spread && (
          <p className="sm mut">
            {t('hall-times', { median: Math.round(spread.median), longest: Math.round(spread.longest) })}
          </p>
        )
      }
    >
      {open.length === 0 ? (
        <p className="sm mut">{t('hall-none')}</p>
      ) : (
        <Table
          caption={t('hall-title')}
          columns={columns}
          rows={hall.windows}
          rowId={each => String(each.number)}
          fold={false}
        />
      )}
    </Pane>
  )
}
