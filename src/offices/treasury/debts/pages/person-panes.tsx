import { addresses } from '../../../../lib/addresses.ts'
import { plainDate } from '../../../../lib/dates.ts'
import { formatMoney } from '../../../../lib/money.ts'
import {
  Button,
  type Column,
  DateText,
  Flag,
  Form,
  Icon,
  LinkButton,
  Money,
  Pane,
  PersonName,
  RuleBox,
  Stack,
  Table,
  Tag,
  useLocalized,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import type { Due } from '../../model.ts'
import { creditTotals } from '../credits.ts'
import type { Exemption } from '../exemptions.ts'
import { debtTexts } from '../strings.ts'
import type { DuesView } from './person.tsx'
import { planWord, useKindWord } from './words.tsx'

type Of = { view: DuesView }

export function DuesPane({ view: { dues, person, may } }: Of) {
  const t = useTexts(debtTexts)
  const page = usePage()
  const local = useLocalized()
  const columns: Column<Due>[] = [
    {
      id: 'what',
      head: t('col-what'),
      heads: true,
      phone: 'line' as const,
      cell: due => (
        <>
          {local(due.label)}
          {due.planKept && (
            <>
              {' '}
              <Tag>{t('in-plan')}</Tag>
            </>
          )}
          {due.source === 'imported' && due.asOf && (
            <small className="mut line-note plain">
              {t(due.stale ? 'stale' : 'imported', { date: plainDate(due.asOf, page.now, page) })}
            </small>
          )}
        </>
      ),
    },
    { id: 'account', head: t('col-account'), dim: true, cell: due => <bdi>{due.accountNumber}</bdi> },
    {
      id: 'due',
      head: t('col-due'),
      tight: true,
      cell: due => (
        <span className={due.overdue && !due.planKept ? 'stop-c' : undefined}>
          <DateText value={due.dueOn} form="plain" />
        </span>
      ),
    },
    {
      id: 'open',
      head: t('col-open'),
      tight: true,
      phone: 'end' as const,
      cell: due => <Money value={due.open} />,
    },
  ]
  return (
    <Pane
      id="dues"
      title={t('dues')}
      icon="wallet"
      pad={false}
      footer={
        dues.length > 0 &&
        may.transfer && (
          <a href={page.url(addresses.counterTransfer, { person: person.id })}>{t('transfer-title')}</a>
        )
      }
    >
      {dues.length === 0 ? (
        <p className="pad ok-c">{t('dues-none')}</p>
      ) : (
        <Table caption={t('dues')} columns={columns} rows={dues} rowId={due => due.chargeId} />
      )}
    </Pane>
  )
}

export function ClearancePane({ view: { clearance, may, person } }: Of) {
  const t = useTexts(debtTexts)
  const { url } = usePage()
  const { outcome, mayIssue } = clearance
  const verdict = outcome === 'owing' ? 'hold' : outcome === 'uncertain' ? 'warn' : 'clear'
  return (
    <Pane id="clearance" title={t('clearance')} icon="cert" pad={false}>
      <RuleBox verdict={verdict} title={t(`clearance-${outcome}`)}>
        {t(`clearance-${outcome}-why`)}
      </RuleBox>
      {mayIssue && may.file && (
        <div className="pad">
          <LinkButton
            variant="quiet"
            icon="cert"
            href={url(addresses.counterPerson, { person: person.id }, { s: t('clearance') })}
          >
            {t('clearance-issue')}
          </LinkButton>
        </div>
      )}
    </Pane>
  )
}

export function CreditPane({ view: { credits, may, person, order } }: Of) {
  const t = useTexts(debtTexts)
  const { url, locale } = usePage()
  const totals = creditTotals(credits)
  return (
    <Pane id="credit" title={t('credit')} icon="cash">
      {totals.length === 0 ? (
        <p className="mut sm">{t('credit-none')}</p>
      ) : (
        <Stack gap="small">
          <p className="sm mut">{t('credit-note')}</p>
          {totals.map(sum => (
            <p key={sum.currency} className="big-sum">
              <Money value={sum} />
            </p>
          ))}
          <p className="xs dim">{t(order)}</p>
          {may.allocate &&
            totals.map(sum => (
              <Form
                key={sum.currency}
                action={url(addresses.counterAllocate, { person: person.id })}
                hidden={{ currency: sum.currency }}
              >
                <Button variant="quiet">{t('credit-lay', { amount: formatMoney(sum, locale) })}</Button>
              </Form>
            ))}
        </Stack>
      )}
    </Pane>
  )
}

export function PlanPane({ view: { plans, may, person, dues } }: Of) {
  const t = useTexts(debtTexts)
  const { url, locale } = usePage()
  return (
    <Pane
      id="plans"
      title={t('plans')}
      icon="cal"
      footer={
        may.propose &&
        dues.length > 0 && (
          <LinkButton variant="quiet" href={url(addresses.counterPlan, { person: person.id })}>
            {t('plan-propose')}
          </LinkButton>
        )
      }
    >
      {plans.length === 0 && <p className="mut sm">{t('plans-none')}</p>}
      <ul className="lines">
        {plans.map(plan => (
          <li key={plan.id}>
            <a href={url(addresses.plan, { plan: plan.id })}>
              {t('plan-number', { number: `${plan.number}/${plan.year}` })}
            </a>{' '}
            <Tag>{t(planWord(plan))}</Tag>
            <small className="mut line-note">
              {t('plan-sum', { count: plan.instalments.length, amount: formatMoney(plan.amount, locale) })}
            </small>
          </li>
        ))}
      </ul>
    </Pane>
  )
}

export function TransferPane({ view: { transfers, names } }: Of) {
  const t = useTexts(debtTexts)
  if (transfers.length === 0) return null
  return (
    <Pane id="transfers" title={t('transfers')} icon="refer">
      <ul className="lines">
        {transfers.map(each => (
          <li key={each.id}>
            <PersonName>{names.get(each.fromPersonId) ?? ''}</PersonName> <Icon name="fwd" />{' '}
            <PersonName>{names.get(each.toPersonId) ?? ''}</PersonName>
            <small className="mut line-note">
              {t('transfer-line', { reason: each.reason, proof: each.proof })}
              {' · '}
              <DateText value={each.at} form="plain" />
            </small>
          </li>
        ))}
      </ul>
    </Pane>
  )
}

/** Which dues a decision could still be applied to. */
const applicable = (exemption: Exemption, dues: readonly Due[], today: string): Due[] =>
  exemption.endedAt || exemption.from > today || (exemption.until !== undefined && exemption.until < today)
    ? []
    : dues.filter(
        due =>
          (exemption.dueKind === undefined || exemption.dueKind === due.dueKind) &&
          (exemption.accountId === undefined || exemption.accountId === due.accountId) &&
          exemption.personId === due.debtorId,
      )

export function ExemptionPane({ view: { exemptions, dues, may, person } }: Of) {
  const t = useTexts(debtTexts)
  const kind = useKindWord()
  const local = useLocalized()
  const page = usePage()
  const today = page.now.toISOString().slice(0, 10)
  return (
    <Pane
      id="exemptions"
      title={t('exempt')}
      icon="scale"
      footer={may.exempt && <a href={page.url(addresses.manageExemptions)}>{t('exemptions-title')}</a>}
    >
      {exemptions.length === 0 && <p className="mut sm">{t('exempt-none')}</p>}
      <ul className="lines">
        {exemptions.map(each => (
          <li key={each.id}>
            {t('exempt-line', {
              what: `${'percent' in each.relieved ? t('exempt-percent', { percent: each.relieved.percent }) : formatMoney(each.relieved.amount, page.locale)} ${each.dueKind ? kind(each.dueKind) : t('exempt-all-kinds')}`,
              decision: each.decision,
            })}
            {each.endedAt && (
              <>
                {' '}
                <Flag icon="no">{t('exempt-ended-tag')}</Flag>
              </>
            )}
            {may.exempt &&
              applicable(each, dues, today).map(due => (
                <Form
                  key={due.chargeId}
                  action={page.url(addresses.counterExempt, { person: person.id })}
                  hidden={{ exemption: each.id, charge: due.chargeId }}
                >
                  <Button variant="plain">{t('exempt-apply', { label: local(due.label) })}</Button>
                </Form>
              ))}
          </li>
        ))}
      </ul>
    </Pane>
  )
}
