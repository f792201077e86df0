import type { ReactNode } from 'react'
import { addresses } from '../../../lib/addresses.ts'
import {
  type Column,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Head,
  Money,
  Pager,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
} from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { passRows } from '../../looks/index.ts'
import { getPeople } from '../../people/index.ts'
import { DebtTabs } from '../../treasury/index.ts'
import { type Intent, type IntentState, intentStates } from '../model.ts'
import { listIntents } from '../store.ts'
import { payTexts } from '../strings.ts'

const pageSize = 50

type View = { intents: Intent[]; names: Map<string, string>; state: IntentState | undefined }

/** GET: the town's online payments, the newest first. */
export async function showPayments(call: Call): Promise<Response> {
  const state = intentStates.find(each => each === call.query.state)
  const asked = new Date(call.query.before ?? '')
  const before = Number.isNaN(asked.getTime()) ? undefined : asked
  const view = await read(call, async (tx): Promise<View> => {
    const intents = await listIntents(tx, { state, before, limit: pageSize })
    const people = await getPeople(tx, [...new Set(intents.map(each => each.personId))])
    return { intents, state, names: new Map(people.map(each => [each.id, each.displayName])) }
  })
  await passRows(call, view.intents.length)
  return showPage(call, <PaymentsPage {...view} tabs={<DebtTabs call={call} current="payments" />} />)
}

export function StateFlag({ state }: { state: IntentState }) {
  const t = useTexts(payTexts)
  const tone =
    state === 'paid'
      ? 'olive'
      : state === 'mismatch'
        ? 'sumac'
        : state === 'late' || state === 'open'
          ? 'honey'
          : undefined
  const icon =
    state === 'paid'
      ? 'ok'
      : state === 'open'
        ? 'clock'
        : state === 'mismatch' || state === 'late'
          ? 'warn'
          : 'no'
  return (
    <Flag icon={icon} tone={tone}>
      {t(`state-${state}`)}
    </Flag>
  )
}

function PaymentsPage({ intents, names, state, tabs }: View & { tabs: ReactNode }) {
  const t = useTexts(payTexts)
  const { url } = usePage()
  const columns = useColumns(names)
  const last = intents.at(-1)
  const chip = (each: IntentState | undefined) => ({
    label: t(each ? `state-${each}` : 'list-all'),
    href: url(addresses.managePayments, {}, { state: each }),
    on: each === state,
  })
  return (
    <StaffLayout title={t('list-title')}>
      <Head title={t('list-title')} sub={t('list-sub')} />
      {tabs}
      <Stack>
        <FilterBar label={t('col-state')} chips={[chip(undefined), ...intentStates.map(chip)]} />
        {intents.length === 0 ? (
          <Empty title={t('list-empty')} level={2}>
            {t('list-empty-next')}
          </Empty>
        ) : (
          <Pane pad={false}>
            <Table caption={t('list-title')} columns={columns} rows={intents} rowId={each => each.id} />
          </Pane>
        )}
        {last && intents.length === pageSize && (
          <Pager next={url(addresses.managePayments, {}, { state, before: last.createdAt.toISOString() })} />
        )}
      </Stack>
    </StaffLayout>
  )
}

function useColumns(names: Map<string, string>): Column<Intent>[] {
  const t = useTexts(payTexts)
  const local = useLocalized()
  const { url } = usePage()
  return [
    {
      id: 'when',
      head: t('col-when'),
      heads: true,
      tight: true,
      cell: each => (
        <a href={url(addresses.managePayment, { id: each.id })}>
          <DateText value={each.createdAt} form="moment" />
        </a>
      ),
    },
    {
      id: 'who',
      head: t('col-who'),
      phone: 'line' as const,
      cell: each => <PersonName>{names.get(each.personId) ?? ''}</PersonName>,
    },
    {
      id: 'what',
      head: t('col-what'),
      phone: 'line' as const,
      dim: true,
      cell: each => each.lines.map(line => local(line.label)).join(' · '),
    },
    { id: 'state', head: t('col-state'), cell: each => <StateFlag state={each.state} /> },
    {
      id: 'amount',
      head: t('col-amount'),
      tight: true,
      phone: 'end' as const,
      cell: each => <Money value={each.taken ?? each.amount} />,
    },
  ]
}
