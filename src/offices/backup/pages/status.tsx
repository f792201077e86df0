import type { ReactNode } from 'react'
import { addresses } from '../../../lib/addresses.ts'
import { relativeDate, timeOfDay } from '../../../lib/dates.ts'
import {
  CitizenLayout,
  DateText,
  Head,
  KeyValues,
  Note,
  type Pair,
  Read,
  Stack,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { backupTexts } from '../strings.ts'
import { type Judged, judge, type Seen, type Standing } from './judge.ts'
import { mostCounted, readSeen } from './seen.ts'

/** `/open/status`: in plain words, for anybody. That it is shown says that pages and database work. */
export async function showStatus(call: Call): Promise<Response> {
  const seen = await read(call, readSeen)
  return showPage(call, <StatusPage seen={seen} judged={judge(seen, call.now)} />)
}

const tones = { good: 'olive', late: 'honey', wrong: 'sumac' } as const

function StatusPage({ seen, judged }: { seen: Seen; judged: Judged }) {
  const t = useTexts(backupTexts)
  const { url } = usePage()
  return (
    <CitizenLayout title={t('title')}>
      <Read>
        <Head title={t('title')} sub={t('intro')} />
        <Stack gap="large">
          <Note tone={tones[judged.all]}>{t(`all-${judged.all}`)}</Note>
          <KeyValues kind="answers" pairs={usePairs(seen, judged)} />
          <p>
            <a href={url(addresses.openSeal)}>{t('seal')}</a>
          </p>
        </Stack>
      </Read>
    </CitizenLayout>
  )
}

function usePairs({ waiting, backup, stream, drill }: Seen, judged: Judged): Pair[] {
  const t = useTexts(backupTexts)
  const page = usePage()
  const moment = (at: Date) => `${relativeDate(at, page.now, page)} ${timeOfDay(at, page)}`
  const since = waiting.since && moment(waiting.since)
  const messages = !since
    ? t('messages-none')
    : waiting.count >= mostCounted
      ? t('messages-many', { count: mostCounted, since })
      : t('messages-waiting', { count: waiting.count, since })
  return [
    { term: t('up'), value: <Line standing="good">{t('up-yes')}</Line> },
    { term: t('messages'), value: <Line standing={judged.messages}>{messages}</Line> },
    {
      term: t('backup'),
      value: (
        <Line standing={judged.backup} why={t('backup-why')}>
          {backup.good ? <DateText value={backup.good.beganAt} form="moment" /> : t('never')}
        </Line>
      ),
    },
    ...(stream && judged.stream
      ? [
          {
            term: t('stream'),
            value: (
              <Line standing={judged.stream} why={t('stream-why')}>
                {t('stream-until', { until: moment(stream.keptUntil) })}
              </Line>
            ),
          },
        ]
      : []),
    {
      term: t('drill'),
      value: (
        <Line standing={judged.drill} why={t('drill-why')}>
          {drill.good ? <DateText value={drill.good.beganAt} form="moment" /> : t('drill-never')}
          {drill.good && (
            <>
              <br />
              {t('drill-compared', {
                rows: drill.good.rows.toLocaleString('en'),
                files: drill.good.files.toLocaleString('en'),
              })}
            </>
          )}
        </Line>
      ),
    },
  ]
}

/** What is, how that stands in a word, and why it is done. */
function Line({ standing, why, children }: { standing: Standing; why?: string; children: ReactNode }) {
  const t = useTexts(backupTexts)
  return (
    <>
      {children}
      {standing !== 'good' && (
        <>
          {' '}
          <b>({t(standing)})</b>
        </>
      )}
      {why && <p className="sm mut">{why}</p>}
    </>
  )
}
