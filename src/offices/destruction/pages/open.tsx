import {
  CitizenLayout,
  type Column,
  DateText,
  Empty,
  Head,
  Num,
  Pane,
  Read,
  Stack,
  Table,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { holdsInForce } from '../holds.ts'
import { type Act, actNumber } from '../model.ts'
import { doneActs } from '../store.ts'
import { destructionTexts } from '../strings.ts'
import { kindText } from './words.tsx'

/** `/open/destruction`: what was destroyed by decision, in counts. */
export async function showOpen(call: Call): Promise<Response> {
  const seen = await read(call, async tx => ({ acts: await doneActs(tx), held: await holdsInForce(tx) }))
  return showPage(call, <OpenPage {...seen} />)
}

function OpenPage({ acts, held }: { acts: Act[]; held: number }) {
  const t = useTexts(destructionTexts)
  const { locale } = usePage()
  const columns: Column<Act>[] = [
    {
      id: 'what',
      head: t('act-what'),
      heads: true,
      phone: 'line' as const,
      cell: act => kindText(locale, act),
    },
    {
      id: 'count',
      head: t('counts-done'),
      tight: true,
      cell: act => t('records', { count: act.progress.done }),
    },
    {
      id: 'when',
      head: t('open-when'),
      tight: true,
      cell: act => act.doneAt && <DateText value={act.doneAt} form="paper" />,
    },
    {
      id: 'minutes',
      head: t('open-minutes'),
      phone: 'line' as const,
      cell: act =>
        act.minutes && (
          <>
            <bdi>{act.minutes.number}</bdi> · <DateText value={act.minutes.date} form="paper" />
          </>
        ),
    },
    { id: 'number', head: t('act-number'), tight: true, cell: act => <Num>{actNumber(act)}</Num> },
  ]
  return (
    <CitizenLayout title={t('open')} styles="staff">
      <Read>
        <Head title={t('open')} sub={t('open-sub')} />
        <Stack>
          {acts.length === 0 ? (
            <Empty title={t('open-none')} level={2} />
          ) : (
            <Pane id="acts" title={t('open')} icon="box" pad={false}>
              <Table caption={t('open')} columns={columns} rows={acts} rowId={act => act.id} />
            </Pane>
          )}
          <p className="sm mut">{t('open-holds', { count: held })}</p>
        </Stack>
      </Read>
    </CitizenLayout>
  )
}
