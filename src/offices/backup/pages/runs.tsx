import { addresses } from '../../../lib/addresses.ts'
import {
  type Column,
  Crumbs,
  DateText,
  Empty,
  Head,
  LinkButton,
  Note,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type BackupRun, type RunKind, runsOf } from '../runs.ts'
import { backupText, backupTexts } from '../strings.ts'
import { alarmsOf, type Seen } from './judge.ts'
import { readSeen } from './seen.ts'

const shown = 14
const kinds = ['drill', 'physical', 'logical'] as const
/** One that has been under way for so long is not any more: milliseconds. */
const longestMs = 12 * 3_600_000

/** `/manage/backups`: what was made and tried, for the administrator, with what went wrong. */
export async function showRuns(call: Call): Promise<Response> {
  const { seen, runs } = await read(call, async tx => ({
    seen: await readSeen(tx),
    runs: Object.fromEntries(
      await Promise.all(kinds.map(async kind => [kind, await runsOf(tx, kind, shown)] as const)),
    ) as Record<RunKind, BackupRun[]>,
  }))
  const word = (key: Parameters<typeof backupText>[1]) => backupText(call.locale, key)
  const backups: RunKind = runs.logical.length > runs.physical.length ? 'logical' : 'physical'
  return showPage(
    call,
    <StaffLayout title={word('runs-title')}>
      <Crumbs links={[{ label: word('of-settings'), href: url(call, addresses.manage) }]} />
      <Head
        title={word('runs-title')}
        sub={word('runs-sub')}
        actions={
          <LinkButton href={url(call, addresses.openStatus)} variant="quiet" icon="out">
            {word('of-status')}
          </LinkButton>
        }
      />
      <Stack>
        <Alarms seen={seen} />
        <Runs kind="drill" runs={runs.drill} none={word('none-drill')} />
        <Runs kind={backups} runs={runs[backups]} none={word('none-backup')} />
      </Stack>
    </StaffLayout>,
  )
}

function Alarms({ seen }: { seen: Seen }) {
  const t = useTexts(backupTexts)
  return alarmsOf(seen).map(what => (
    <Note key={what} tone="sumac">
      {t(`alarm-${what}`, { trouble: seen.stream?.trouble ?? '' })}
    </Note>
  ))
}

function Runs({ kind, runs, none }: { kind: RunKind; runs: BackupRun[]; none: string }) {
  const t = useTexts(backupTexts)
  const columns = useColumns(kind)
  if (runs.length === 0)
    return (
      <Pane id={kind} title={t(`kind-${kind}`)}>
        <Empty title={t('none')}>{none}</Empty>
      </Pane>
    )
  return (
    <Pane id={kind} title={t(`kind-${kind}`)} pad={false}>
      <Table caption={t(`kind-${kind}`)} rows={runs} rowId={run => run.id} columns={columns} />
    </Pane>
  )
}

function useColumns(kind: RunKind): Column<BackupRun>[] {
  const t = useTexts(backupTexts)
  const { now } = usePage()
  const outcome = ({ good, beganAt }: BackupRun) => {
    if (good !== undefined) return t(good ? 'outcome-good' : 'outcome-failed')
    return t(now.getTime() - beganAt.getTime() < longestMs ? 'outcome-running' : 'outcome-died')
  }
  const seconds = ({ beganAt, endedAt }: BackupRun) =>
    endedAt && Math.max(1, Math.round((endedAt.getTime() - beganAt.getTime()) / 1000))
  const number = (value: number) => value.toLocaleString('en')
  return [
    {
      id: 'began',
      head: t('began'),
      heads: true,
      tight: true,
      cell: run => <DateText value={run.beganAt} form="moment" />,
    },
    {
      id: 'outcome',
      head: t('outcome'),
      phone: 'end',
      cell: run => <b>{outcome(run)}</b>,
    },
    {
      id: 'what',
      head: t('what'),
      phone: 'line',
      cell: run =>
        run.trouble === undefined ? (
          run.good &&
          t(`what-${kind}`, {
            rows: number(run.rows),
            files: number(run.files),
            megabytes: number(Math.round(run.bytes / 1e5) / 10),
          })
        ) : (
          <bdi lang="en" dir="ltr">
            {run.trouble}
          </bdi>
        ),
    },
    {
      id: 'took',
      head: t('took'),
      dim: true,
      tight: true,
      phone: 'line',
      cell: run => {
        const count = seconds(run)
        return count === undefined ? '' : t('seconds', { count })
      },
    },
  ]
}
