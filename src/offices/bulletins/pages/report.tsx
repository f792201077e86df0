import { addresses } from '../../../lib/addresses.ts'
import {
  Bars,
  DateText,
  Figures,
  Note,
  Num,
  Pane,
  Progress,
  Stack,
  Table,
  ToolButton,
  usePage,
} from '../../../ui/index.ts'
import { useRichTexts, useTexts } from '../../../ui/words.ts'
import type { Bulletin } from '../model.ts'
import { bulletinTexts } from '../strings.ts'
import { costSpent, countOf, whyInWords } from './words.tsx'

/** How far the sending is, as it was last counted. */
export function ProgressPane({ bulletin }: { bulletin: Bulletin }) {
  const t = useTexts(bulletinTexts)
  const rich = useRichTexts(bulletinTexts)
  const { progress, progressAt, plannedNo, lastNo, paused, counts } = bulletin
  const left = countOf(progress, 'waiting', 'planned', 'sending')
  const planning = plannedNo < lastNo
  const total = counts.recipients
  const done = Math.max(0, total - left)
  const counted = progressAt && !planning
  return (
    <Pane id="progress" title={t('state-sending')} icon="half">
      {paused && <Note tone="honey">{t('progress-paused')}</Note>}
      <Progress share={planning ? plannedNo / Math.max(1, lastNo) : counted ? done / Math.max(1, total) : 0}>
        {planning
          ? t('progress-planning', { done: Math.min(plannedNo, total), total })
          : t('progress', { done: counted ? done : 0, total, left: counted ? left : total })}
      </Progress>
      <p className="sm mut">
        {!paused && t('progress-leave')}{' '}
        {progressAt && rich('progress-as-of', { at: <DateText value={progressAt} form="moment" /> })}
      </p>
    </Pane>
  )
}

const fates = [
  'delivered',
  'sent',
  'waiting',
  'planned',
  'sending',
  'failed',
  'uncertain',
  'unaddressed',
  'opted-out',
  'expired',
  'cancelled',
  'held',
] as const
const bad: readonly string[] = ['failed', 'uncertain', 'unaddressed', 'expired']

/** What became of its messages: how many arrived, what they cost, and why others did not. */
export function ReportPane({ bulletin }: { bulletin: Bulletin }) {
  const t = useTexts(bulletinTexts)
  const { locale, url } = usePage()
  const { progress, kind } = bulletin
  const sent = countOf(progress, 'sent', 'delivered', 'uncertain', 'failed')
  const delivered = countOf(progress, 'delivered')
  const failed = countOf(progress, 'failed', 'expired', 'unaddressed')
  const why = Object.entries(progress.failures).flatMap(([code, count]) => (count ? [{ code, count }] : []))
  const bars = fates.flatMap(fate => {
    const value = progress.states[fate] ?? 0
    return value > 0
      ? [{ id: fate, label: t(`fate-${fate}`), value, shown: String(value), below: bad.includes(fate) }]
      : []
  })
  return (
    <Pane
      id="report"
      title={t('report-pane')}
      icon="chart"
      end={<ToolButton icon="print" label={t('report-pane')} tool="print" />}
      footer={<a href={url(addresses.messages)}>{t('report-messages')}</a>}
    >
      <Stack>
        <Figures
          figures={[
            { label: t('report-sent'), value: <Num>{sent}</Num> },
            {
              label: t('report-delivered'),
              value: <Num>{delivered}</Num>,
              note:
                sent > 0 ? t('report-rate', { percent: Math.round((100 * delivered) / sent) }) : undefined,
            },
            { label: t('report-failed'), value: <Num>{failed}</Num>, alarm: failed > 0 },
            {
              label: t('report-cost'),
              value: costSpent(locale, progress) || <Num>0</Num>,
              note: t('count-cost-note', { parts: progress.parts }),
            },
          ]}
        />
        {bars.length > 0 && <Bars bars={bars} />}
        {why.length > 0 && (
          <Table
            caption={t('report-why-pane')}
            captionShown
            rows={why}
            rowId={({ code }) => code}
            fold={false}
            columns={[
              {
                id: 'why',
                head: t('report-why'),
                heads: true,
                cell: ({ code }) => whyInWords(locale, code),
              },
              { id: 'count', head: t('report-count'), cell: ({ count }) => <Num>{count}</Num> },
            ]}
          />
        )}
        {kind === 'legal' && failed > 0 && <Note tone="honey">{t('report-legal')}</Note>}
      </Stack>
    </Pane>
  )
}
