import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import {
  type Column,
  DateText,
  Empty,
  Head,
  LinkButton,
  Num,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type Act, actNumber, type CommitteeRules } from '../model.ts'
import { committeeRules } from '../settings.ts'
import { actsOf } from '../store.ts'
import { type DestructionText, destructionTexts } from '../strings.ts'
import { kindText, RecordTabs, StateFlag } from './words.tsx'

type View = {
  acts: Act[]
  rules: CommitteeRules
  kept: number | undefined
  mayPropose: boolean
  mayHold: boolean
}

/** GET: what was proposed, decided and done. */
export async function showActs(call: Call): Promise<Response> {
  const { backup } = call.house.config
  const seen = await read(call, async tx => ({ acts: await actsOf(tx), rules: await committeeRules(tx) }))
  const kept = backup.folder === undefined ? undefined : backup.keep
  const { actor } = call.visitor
  const mine = { mayPropose: may(actor, 'destruction.propose'), mayHold: may(actor, 'destruction.hold') }
  return showPage(call, <ActsPage {...seen} kept={kept} {...mine} />)
}

function ActsPage(view: View) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  return (
    <StaffLayout title={t('acts')}>
      <RecordTabs here="acts" mayHold={view.mayHold} />
      <Head
        title={t('acts')}
        sub={t('acts-sub')}
        actions={
          view.mayPropose && (
            <LinkButton href={page.url(addresses.destructionNew)} icon="plus">
              {t('act-new')}
            </LinkButton>
          )
        }
      />
      <Zones kind="wide">
        <Acts acts={view.acts} />
        <Stack>
          <Committee {...view} />
          <Backups kept={view.kept} />
        </Stack>
      </Zones>
    </StaffLayout>
  )
}

function Acts({ acts }: { acts: Act[] }) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  if (acts.length === 0)
    return (
      <Empty title={t('acts-none')} level={2}>
        {t('acts-none-text')}
      </Empty>
    )
  const columns: Column<Act>[] = [
    {
      id: 'what',
      head: t('act-what'),
      heads: true,
      phone: 'line' as const,
      cell: act => (
        <a href={page.url(addresses.destructionAct, { act: act.id })}>{kindText(page.locale, act)}</a>
      ),
    },
    { id: 'number', head: t('act-number'), tight: true, cell: act => <Num>{actNumber(act)}</Num> },
    {
      id: 'until',
      head: t('act-until'),
      tight: true,
      cell: act => <DateText value={act.until} form="paper" />,
    },
    {
      id: 'count',
      head: t('counts-listed'),
      tight: true,
      cell: act => t('records', { count: act.state === 'done' ? act.progress.done : act.counts.listed }),
    },
    {
      id: 'state',
      head: t('act-state'),
      phone: 'line' as const,
      cell: act => <StateFlag state={act.state} />,
    },
  ]
  return (
    <Pane id="acts" title={t('acts')} icon="box" pad={false}>
      <Table caption={t('acts')} columns={columns} rows={acts} rowId={act => act.id} />
    </Pane>
  )
}

function Committee({ rules, mayPropose }: View) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  return (
    <Pane
      id="committee"
      title={t('committee-rules')}
      icon="users"
      footer={mayPropose && <a href={page.url(addresses.destructionCommittee)}>{t('committee-change')}</a>}
    >
      <p>{rules.roles.map(role => t(`role-${role}` as DestructionText)).join('، ')}</p>
      <p className="sm mut">{t('committee-now', { count: rules.members, days: rules.restDays })}</p>
    </Pane>
  )
}

/** How long what goes lives on elsewhere. */
export function Backups({ kept }: { kept: number | undefined }) {
  const t = useTexts(destructionTexts)
  return (
    <Pane id="backups" title={t('backups')} icon="box">
      <p>{kept === undefined ? t('backups-none') : t('backups-text', { count: kept })}</p>
    </Pane>
  )
}
