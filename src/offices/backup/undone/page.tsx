import { addresses } from '../../../lib/addresses.ts'
import { Conflict } from '../../../lib/errors.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateText,
  Empty,
  Form,
  Head,
  Note,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, read, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { record } from '../../audit/index.ts'
import { backupText, backupTexts } from '../strings.ts'
import { readUndone, tryAgain, type UndoneWork } from './store.ts'

/** `/manage/undone`: work in the background that failed, why, and a button that has it tried again. */
export async function showUndone(call: Call): Promise<Response> {
  const undone = await read(call, readUndone)
  const word = (key: Parameters<typeof backupText>[1]) => backupText(call.locale, key)
  return showPage(
    call,
    <StaffLayout title={word('undone-title')}>
      <Crumbs links={[{ label: word('of-settings'), href: url(call, addresses.manage) }]} />
      <Head title={word('undone-title')} sub={word('undone-sub')} />
      <Stack>
        {undone.some(each => !each.nextAt) && <Note tone="sumac">{word('undone-given-up')}</Note>}
        <Works undone={undone} />
      </Stack>
    </StaffLayout>,
  )
}

function Works({ undone }: { undone: UndoneWork[] }) {
  const t = useTexts(backupTexts)
  const columns = useColumns()
  if (undone.length === 0)
    return (
      <Pane>
        <Empty title={t('undone-none')}>{t('undone-none-why')}</Empty>
      </Pane>
    )
  return (
    <Pane pad={false}>
      <Table caption={t('undone-title')} rows={undone} rowId={({ id }) => String(id)} columns={columns} />
    </Pane>
  )
}

function useColumns(): Column<UndoneWork>[] {
  const t = useTexts(backupTexts)
  const page = usePage()
  return [
    {
      id: 'job',
      head: t('undone-job'),
      heads: true,
      cell: ({ job }) => (
        <bdi lang="en" dir="ltr">
          {job}
        </bdi>
      ),
    },
    {
      id: 'tried',
      head: t('undone-tried'),
      tight: true,
      phone: 'line',
      cell: ({ triedAt }) => <DateText value={triedAt} form="moment" />,
    },
    {
      id: 'tries',
      head: t('undone-tries'),
      phone: 'line',
      cell: ({ tries, nextAt }) =>
        nextAt === undefined ? (
          <b>{t('undone-stopped', { count: tries })}</b>
        ) : (
          <>
            {t('undone-next', { count: tries })} <DateText value={nextAt} form="moment" />
          </>
        ),
    },
    {
      id: 'reason',
      head: t('undone-reason'),
      phone: 'line',
      cell: ({ reason }) => (
        <bdi lang="en" dir="ltr">
          {reason}
        </bdi>
      ),
    },
    {
      id: 'again',
      head: t('undone-act'),
      tight: true,
      phone: 'end',
      cell: ({ id, job }) => (
        <Form action={page.url(addresses.manageUndone)} hidden={{ job: String(id) }} inline>
          <Button variant="quiet" label={t('undone-again-of', { job })}>
            {t('undone-again')}
          </Button>
        </Form>
      ),
    },
  ]
}

export function haveItDone(call: Call): Promise<Response> {
  return write(call, async tx => {
    const id = wholeOf(typedText(call, 'job'))
    if (!(await tryAgain(tx, id))) throw new Conflict('work-done-already')
    await record(tx, {
      actor: actorKey(call.visitor.actor),
      act: 'backup.work-again',
      subjectKind: 'job',
      subjectId: String(id),
    })
    flash(call, { text: backupText(call.locale, 'undone-asked'), tone: 'olive' })
    return { redirect: url(call, addresses.manageUndone) }
  })
}
