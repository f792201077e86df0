import { addresses } from '../../../lib/addresses.ts'
import { plainDate } from '../../../lib/dates.ts'
import { formatMoney } from '../../../lib/money.ts'
import {
  Button,
  type DueLine,
  DuesPanel,
  faultOf,
  LinkButton,
  LongTextField,
  MultipleField,
  Pane,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { Due } from '../../treasury/index.ts'
import { counterTexts } from '../strings.ts'
import type { Case } from './open.ts'
import type { CaseView } from './page.tsx'

/** What is owed, as lines of a panel. */
export function useDueLines(dues: readonly Due[]): DueLine[] {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const page = usePage()
  return dues.map(due => ({
    id: due.chargeId,
    kind: local(due.label),
    note: [
      t('due-on', { date: plainDate(due.dueOn, page.now, page) }),
      due.source === 'imported' &&
        t(due.stale ? 'due-stale' : 'due-imported', {
          date: due.asOf ? plainDate(due.asOf, page.now, page) : '',
        }),
    ]
      .filter(Boolean)
      .join(' · '),
    amount: due.amount,
  }))
}

/** Step 2: the dues, what the service's rule says of them, and the ways out. */
export function DuesPane({ view }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { of } = view
  const { outcome } = of.judgement
  const lines = useDueLines(of.dues)
  const rule = useRule(of)
  const held = outcome === 'hold'
  return (
    <Pane
      id="dues"
      title={t('dues')}
      step={{ number: 2, state: held ? 'now' : 'met' }}
      end={t('dues-now')}
      pad={false}
    >
      {of.dues.length === 0 ? (
        <p className="pad ok-c">{t('dues-clear')}</p>
      ) : (
        <DuesPanel lines={lines} rule={rule} ways={<Ways view={view} />} />
      )}
    </Pane>
  )
}

function useRule(of: Case) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { locale } = usePage()
  const { outcome, because } = of.judgement
  const amounts = because.map(each => formatMoney(each.amount, locale)).join(t('and'))
  switch (outcome) {
    case 'hold':
      return { verdict: 'hold', title: t('rule-hold'), children: t('rule-hold-why', { amounts }) } as const
    case 'passed-by-exception': {
      const by = of.exceptions.find(each => each.scope === 'dues')
      const name = by?.name ? local(by.name) : ''
      return {
        verdict: 'warn',
        title: t('rule-passed', { name }),
        children: t('rule-passed-why', { reason: by?.reason ?? '', amounts }),
      } as const
    }
    case 'warn':
      return { verdict: 'warn', title: t('rule-warn'), children: t('rule-warn-why') } as const
    default:
      return { verdict: 'clear', title: t('rule-show') } as const
  }
}

function Ways({ view }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { of, mayExcept, mayTake, receiptId } = view
  const held = of.judgement.outcome === 'hold'
  return (
    <>
      {receiptId && (
        <p>
          <LinkButton href={url(addresses.receipt, { id: receiptId })} variant="quiet" icon="receipt">
            {t('dues-receipt')}
          </LinkButton>
        </p>
      )}
      {mayTake && <PayDues view={view} />}
      {held && !mayTake && <p className="sm mut">{t('dues-at-till')}</p>}
      {held && (
        <p>
          <LinkButton href={url(addresses.counterPlan, { person: of.person.id })} variant="quiet" icon="cal">
            {t('dues-plan')}
          </LinkButton>
        </p>
      )}
      {held && mayExcept && <ExceptDues view={view} />}
      {held && !mayExcept && of.exceptors.length > 0 && (
        <p className="sm mut">
          {t('dues-who-may', {
            names: of.exceptors.map(each => `${local(each.name)} (${local(each.title)})`).join(t('comma')),
          })}
        </p>
      )}
    </>
  )
}

function PayDues({ view: { of, faults, typed } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  return (
    <details className="digest" open={typed.duesReceived !== undefined}>
      <summary>{t('dues-pay')}</summary>
      <MultipleField
        name="due"
        label={t('dues-which')}
        tight
        values={of.dues.map(due => due.chargeId)}
        options={of.dues.map(due => ({
          value: due.chargeId,
          label: local(due.label),
          hint: formatMoney(due.amount, locale),
        }))}
      />
      <div className="mt-s">
        <TextField
          name="duesReceived"
          label={t('dues-received')}
          hint={t('dues-received-hint')}
          value={typed.duesReceived}
          fault={faultOf(faults, 'duesReceived')}
          ltr
          inputMode="decimal"
          width="short"
          tight
        />
      </div>
      <div className="mt-s">
        <Button
          variant="quiet"
          icon="receipt"
          formAction={url(addresses.counterDraftFee, { draft: of.form.draft.id })}
        >
          {t('dues-take')}
        </Button>{' '}
        <Button
          variant="plain"
          name="duesHow"
          value="otherwise"
          formAction={url(addresses.counterDraftFee, { draft: of.form.draft.id })}
        >
          {t('dues-otherwise')}
        </Button>
      </div>
    </details>
  )
}

function ExceptDues({ view: { of, faults, typed } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  return (
    <details className="digest" open={typed.duesReason !== undefined}>
      <summary>{t('except')}</summary>
      <LongTextField
        name="duesReason"
        label={t('except-reason')}
        hint={t('except-hint')}
        value={typed.duesReason}
        fault={faultOf(faults, 'duesReason')}
        rows={2}
        tight
      />
      <Button
        variant="quiet"
        name="scope"
        value="dues"
        formAction={url(addresses.counterException, { draft: of.form.draft.id })}
      >
        {t('except-dues')}
      </Button>
    </details>
  )
}
