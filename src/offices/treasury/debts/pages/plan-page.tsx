import { addresses } from '../../../../lib/addresses.ts'
import { longDate, shortDate } from '../../../../lib/dates.ts'
import { formatMoney } from '../../../../lib/money.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  KeyValues,
  LedgerSheet,
  LinkButton,
  LongTextField,
  Money,
  Note,
  Pane,
  PersonName,
  SheetPage,
  Stack,
  StaffLayout,
  Table,
  Tag,
  TextField,
  useLocalized,
  usePage,
  Zones,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import type { Plan } from '../plan-store.ts'
import { debtTexts } from '../strings.ts'
import type { PlanView } from './plan.tsx'
import { planWord } from './words.tsx'

const numberOf = (plan: Plan): string => `${plan.number}/${plan.year}`

export function PlanPage({ view }: { view: PlanView }) {
  const t = useTexts(debtTexts)
  const page = usePage()
  const { plan, name } = view
  const title = t('plan-of', { number: numberOf(plan), name })
  const columns: Column<Plan['instalments'][number] & { number: number }>[] = [
    {
      id: 'number',
      head: t('col-number'),
      heads: true,
      cell: each => each.number,
    },
    {
      id: 'due',
      head: t('col-due'),
      tight: true,
      cell: each => <DateText value={each.dueOn} form="full" />,
    },
    {
      id: 'amount',
      head: t('col-amount'),
      tight: true,
      phone: 'end' as const,
      cell: each => <Money value={each.amount} />,
    },
  ]
  return (
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs
        links={[
          { label: t('dues-of', { name }), href: page.url(addresses.counterDues, { person: plan.personId }) },
          { label: t('plans-title'), href: page.url(addresses.managePlans) },
        ]}
      />
      <Head
        title={title}
        sub={<Tag>{t(planWord(plan))}</Tag>}
        actions={
          <LinkButton
            variant="quiet"
            icon="print"
            hotkey="F9"
            href={page.url(addresses.plan, { plan: plan.id }, { format: 'print' })}
          >
            {t('print')}
          </LinkButton>
        }
      />
      <Zones kind="wide">
        <Pane id="instalments" title={t('plan-rows')} icon="cal" pad={false}>
          <Table
            caption={t('plan-rows')}
            columns={columns}
            rows={plan.instalments.map((each, at) => ({ ...each, number: at + 1 }))}
            rowId={each => String(each.number)}
            fold={false}
          />
        </Pane>
        <Stack>
          <Pane id="facts" pad={false}>
            <KeyValues pad pairs={useFacts(view)} />
          </Pane>
          {plan.state === 'proposed' && <Decide view={view} />}
          {plan.state === 'agreed' && <Standing view={view} />}
        </Stack>
      </Zones>
    </StaffLayout>
  )
}

function useFacts({ plan, staff }: PlanView) {
  const t = useTexts(debtTexts)
  const local = useLocalized()
  const who = (id: string | undefined) => {
    const member = id === undefined ? undefined : staff.get(id)
    return <PersonName>{member ? local(member.name) : t('somebody')}</PersonName>
  }
  const { next } = plan.standing
  return [
    { term: t('plan-total'), value: <Money value={plan.amount} strong /> },
    { term: t('plan-paid'), value: <Money value={plan.paid} /> },
    ...(plan.state === 'agreed' && next
      ? [
          {
            term: t('plan-next'),
            value: (
              <>
                <Money value={next.missing} /> <DateText value={next.dueOn} form="plain" />
              </>
            ),
          },
        ]
      : []),
    { term: t('plan-grace'), value: t('plan-grace-days', { days: plan.graceDays }) },
    { term: t('plan-by'), value: who(plan.proposedBy) },
    { term: t('plan-why'), value: plan.note },
    ...(plan.decision ? [{ term: t('plan-decision'), value: <bdi>{plan.decision}</bdi> }] : []),
    ...(plan.decidedBy ? [{ term: t('plan-decided-by'), value: who(plan.decidedBy) }] : []),
    ...(plan.decidedWhy ? [{ term: t('plan-refuse-why'), value: plan.decidedWhy }] : []),
  ]
}

function Decide({ view: { plan, own, mayDecide, typed, faults } }: { view: PlanView }) {
  const t = useTexts(debtTexts)
  const { url } = usePage()
  if (own) return <Note small>{t('plan-own')}</Note>
  if (!mayDecide) return null
  const action = url(addresses.planDecide, { plan: plan.id })
  return (
    <Pane id="decide" title={t('plan-decide')} icon="scale">
      <Form action={action} hidden={{ accept: 'yes' }}>
        <TextField
          name="decision"
          label={t('plan-decision-field')}
          value={typed.decision}
          fault={faultOf(faults, 'decision')}
          maxLength={100}
        />
        <Button>{t('plan-accept')}</Button>
      </Form>
      <details className="digest" open={faultOf(faults, 'why') !== undefined}>
        <summary>{t('plan-refuse')}</summary>
        <Form action={action} hidden={{ accept: 'no' }}>
          <LongTextField
            name="why"
            label={t('plan-refuse-why')}
            value={typed.why}
            fault={faultOf(faults, 'why')}
            maxLength={400}
            rows={2}
          />
          <Button variant="stop">{t('plan-refuse')}</Button>
        </Form>
      </details>
    </Pane>
  )
}

const tones = { kept: 'olive', late: 'honey', broken: 'sumac', done: 'olive' } as const

function Standing({ view: { plan, mayDecide, typed, faults } }: { view: PlanView }) {
  const t = useTexts(debtTexts)
  const { url } = usePage()
  return (
    <>
      <Note small tone={tones[plan.standing.state]} title={t(planWord(plan))}>
        {t('plan-releases')}
      </Note>
      {mayDecide && (
        <details className="digest" open={faults.length > 0}>
          <summary>{t('plan-end')}</summary>
          <Form action={url(addresses.planEnd, { plan: plan.id })}>
            <LongTextField
              name="why"
              label={t('plan-end-why')}
              value={typed.why}
              fault={faultOf(faults, 'why')}
              maxLength={400}
              rows={2}
            />
            <Button variant="stop">{t('plan-end-verb')}</Button>
          </Form>
        </details>
      )}
    </>
  )
}

/** The agreement on A4, to be signed by who undertakes to pay. */
export function PlanPrint({ view: { plan, name } }: { view: PlanView }) {
  const t = useTexts(debtTexts)
  const page = usePage()
  return (
    <SheetPage
      side="staff"
      title={t('plan-of', { number: numberOf(plan), name })}
      actions={
        <>
          <LinkButton href="#a4" icon="print" hotkey="F9">
            {t('print')}
          </LinkButton>
          <LinkButton variant="quiet" href={page.url(addresses.plan, { plan: plan.id })}>
            {t('back')}
          </LinkButton>
        </>
      }
    >
      <LedgerSheet
        title={t('plan-sheet')}
        stamp={
          <>
            {numberOf(plan)} · {longDate(plan.decidedAt ?? plan.proposedAt, page)}
          </>
        }
        facts={[
          { label: t('sheet-person'), value: <PersonName>{name}</PersonName>, strong: true },
          { label: t('plan-decision'), value: <bdi>{plan.decision ?? t('plan-state-proposed')}</bdi> },
          { label: t('plan-why'), value: plan.note },
          { label: t('plan-grace'), value: t('plan-grace-days', { days: plan.graceDays }) },
        ]}
        heads={[t('col-number'), t('col-due'), t('col-amount')]}
        rows={plan.instalments.map((each, at) => ({
          id: String(at),
          cells: [
            t('plan-row', { number: at + 1 }),
            shortDate(each.dueOn, page),
            formatMoney(each.amount, page.locale),
          ],
        }))}
        sums={[{ label: t('plan-total'), value: formatMoney(plan.amount, page.locale), strong: true }]}
        signers={[t('plan-signer'), t('sheet-sign-2')]}
      />
    </SheetPage>
  )
}
