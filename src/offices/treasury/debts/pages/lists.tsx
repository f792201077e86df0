import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { longDate } from '../../../../lib/dates.ts'
import { formatMoney, sumByCurrency } from '../../../../lib/money.ts'
import {
  type Column,
  Empty,
  FilterBar,
  Head,
  LinkButton,
  Money,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  SumLine,
  Table,
  Tag,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { type Call, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { passRows } from '../../../looks/index.ts'
import { getPeople } from '../../../people/index.ts'
import { reportFile } from '../../till/pages/report-file.ts'
import { type Arrears, ages, arrearsByAge } from '../arrears.ts'
import { listPlans, type Plan, type PlanState } from '../plan-store.ts'
import { debtText, debtTexts } from '../strings.ts'
import { DebtTabs } from './tabs.tsx'
import { kindWord, planWord, useKindWord } from './words.tsx'

/** GET: what the town is owed by kind, currency and age; as a page or a file. */
export async function showArrears(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const arrears = await read(call, tx => arrearsByAge(tx, today))
  const word = (key: Parameters<typeof debtText>[1], values = {}) => debtText(call.locale, key, values)
  const title = word('arrears-title')
  const file = await reportFile(call, () => ({
    name: `arrears-${today}`,
    title,
    columns: [
      word('col-kind'),
      word('col-currency'),
      word('col-charges'),
      ...ages.map(age => word(`age-${age}`)),
      word('col-total'),
    ],
    rows: arrears.map(each => [
      kindWord(call.locale, each.dueKind),
      each.total.currency,
      each.charges,
      ...ages.map(age => each.byAge[age]),
      each.total,
    ]),
  }))
  if (file) return file
  const date = longDate(today, { locale: call.locale, timeZone: call.town.timeZone })
  return showPage(
    call,
    <StaffLayout title={title}>
      <Head
        title={title}
        sub={word('arrears-sub', { date })}
        actions={(['csv', 'xlsx'] as const).map(as => (
          <LinkButton
            key={as}
            variant="quiet"
            icon="dl"
            href={url(call, addresses.manageArrears, {}, { as })}
          >
            {word(as)}
          </LinkButton>
        ))}
      />
      <Stack>
        <DebtTabs call={call} current="arrears" />
        <ArrearsTable arrears={arrears} />
      </Stack>
    </StaffLayout>,
  )
}

function ArrearsTable({ arrears }: { arrears: Arrears[] }) {
  const t = useTexts(debtTexts)
  const kind = useKindWord()
  if (arrears.length === 0)
    return (
      <Empty level={2} title={t('arrears-empty')}>
        {t('arrears-empty-next')}
      </Empty>
    )
  const columns: Column<Arrears>[] = [
    { id: 'kind', head: t('col-kind'), heads: true, cell: each => kind(each.dueKind) },
    {
      id: 'charges',
      head: t('col-charges'),
      dim: true,
      phone: 'hide' as const,
      cell: each => each.charges,
    },
    ...ages.map(
      (age): Column<Arrears> => ({
        id: age,
        head: t(`age-${age}`),
        tight: true,
        phone: 'line' as const,
        cell: each =>
          each.byAge[age].minor > 0 && (
            <span className={age === 'older' ? 'stop-c' : undefined}>
              <Money value={each.byAge[age]} />
            </span>
          ),
      }),
    ),
    {
      id: 'total',
      head: t('col-total'),
      tight: true,
      phone: 'end' as const,
      cell: each => <Money value={each.total} strong />,
    },
  ]
  return (
    <Stack>
      <Pane pad={false}>
        <Table
          caption={t('arrears-title')}
          columns={columns}
          rows={arrears}
          rowId={each => `${each.dueKind} ${each.total.currency}`}
        />
      </Pane>
      <Pane id="totals" title={t('arrears-totals')} icon="cash">
        {sumByCurrency(arrears.map(each => each.total)).map(sum => (
          <SumLine key={sum.currency} label={t('col-total')} value={sum} total />
        ))}
      </Pane>
    </Stack>
  )
}

const shownStates = ['proposed', 'agreed', 'refused', 'ended'] as const

/** GET: the town's plans: those that wait first, then those that stand. */
export async function showPlans(call: Call): Promise<Response> {
  const today = dateIn(call.now, call.town.timeZone)
  const state = shownStates.find(each => each === call.query.state) ?? 'proposed'
  const { plans, names } = await read(call, async tx => {
    const plans = await listPlans(tx, state, today)
    const people = await getPeople(tx, [...new Set(plans.map(plan => plan.personId))])
    return { plans, names: new Map(people.map(each => [each.id, each.displayName])) }
  })
  // Those that wait are the work of whoever decides on them.
  if (state !== 'proposed') await passRows(call, plans.length)
  return showPage(
    call,
    <PlansPage plans={plans} names={names} state={state} tabs={<DebtTabs call={call} current="plans" />} />,
  )
}

function PlansPage({
  plans,
  names,
  state,
  tabs,
}: {
  plans: Plan[]
  names: Map<string, string>
  state: PlanState
  tabs: ReactNode
}) {
  const t = useTexts(debtTexts)
  const { url, locale } = usePage()
  const columns: Column<Plan>[] = [
    {
      id: 'number',
      head: t('col-number'),
      tight: true,
      heads: true,
      cell: plan => (
        <a href={url(addresses.plan, { plan: plan.id })}>
          <bdi>{`${plan.number}/${plan.year}`}</bdi>
        </a>
      ),
    },
    {
      id: 'who',
      head: t('col-who'),
      phone: 'line' as const,
      cell: plan => <PersonName>{names.get(plan.personId) ?? ''}</PersonName>,
    },
    {
      id: 'sum',
      head: t('plan-rows'),
      phone: 'line' as const,
      cell: plan =>
        t('plan-sum', { count: plan.instalments.length, amount: formatMoney(plan.amount, locale) }),
    },
    { id: 'paid', head: t('plan-paid'), tight: true, cell: plan => <Money value={plan.paid} /> },
    {
      id: 'state',
      head: t('col-state'),
      phone: 'end' as const,
      cell: plan => <Tag>{t(planWord(plan))}</Tag>,
    },
  ]
  return (
    <StaffLayout title={t('plans-title')}>
      <Head title={t('plans-title')} sub={t('plans-sub')} />
      {tabs}
      <Stack>
        <FilterBar
          label={t('col-state')}
          chips={shownStates.map(each => ({
            label: t(each === 'agreed' ? 'plan-state-kept' : `plan-state-${each}`),
            href: url(addresses.managePlans, {}, { state: each }),
            on: each === state,
          }))}
        />
        {plans.length === 0 ? (
          <Empty level={2} title={t('plans-empty')}>
            {t('plans-empty-next')}
          </Empty>
        ) : (
          <Pane pad={false}>
            <Table caption={t('plans-title')} columns={columns} rows={plans} rowId={plan => plan.id} />
          </Pane>
        )}
      </Stack>
    </StaffLayout>
  )
}
