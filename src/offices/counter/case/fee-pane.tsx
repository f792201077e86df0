import { addresses } from '../../../lib/addresses.ts'
import { currencyWord } from '../../../lib/money.ts'
import {
  Button,
  faultOf,
  LongTextField,
  Note,
  Pane,
  RuleBox,
  Segments,
  SumLine,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { counterTexts } from '../strings.ts'
import { OpenTill } from '../tenders/fields.tsx'
import { type Bill, isBill, waysToPay } from '../till.ts'
import { BillGate, useBillLines } from './bill-gate.tsx'
import { feeException, owesFee } from './open.ts'
import type { CaseView } from './page.tsx'

/** Step 5: what must be paid before the request is accepted; or why nothing is. */
export function FeePane({ view }: { view: CaseView }) {
  const { of } = view
  if (!owesFee(of)) return <NothingDue view={view} />
  if (!isBill(of.bill)) return <NoRate view={view} />
  if (view.mayTake && view.closedTill) return <ClosedTill view={view} bill={of.bill} free={view.closedTill} />
  return view.mayTake ? <Gate view={view} bill={of.bill} /> : <AtTheTill view={view} bill={of.bill} />
}

const title = 'fee-title' as const

function NothingDue({ view: { of } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const exception = feeException(of)
  return (
    <Pane
      id="fee"
      title={t(title)}
      step={{ number: 5, state: of.fees.unknown ? 'waiting' : 'met' }}
      pad={!exception}
    >
      {exception ? (
        <>
          <div className="pad">
            <Amounts view={{ of }} />
          </div>
          <RuleBox
            verdict="warn"
            title={t('fee-passed', { name: exception.name ? local(exception.name) : '' })}
          >
            {t('fee-passed-why', { reason: exception.reason })}
          </RuleBox>
        </>
      ) : (
        <p className={of.fees.unknown ? 'mut' : 'ok-c'}>{t(of.fees.unknown ? 'fee-unknown' : 'fee-none')}</p>
      )}
      <Later view={{ of }} />
    </Pane>
  )
}

function Amounts({ view: { of } }: { view: Pick<CaseView, 'of'> }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  return of.fees.items.map(item => (
    <SumLine
      key={item.id}
      label={
        item.exemption
          ? t('fee-exempted', { fee: local(item.label), decision: item.exemption })
          : local(item.label)
      }
      value={item.amount}
    />
  ))
}

/** What will be asked later on the way, so that nobody is surprised. */
function Later({ view: { of } }: { view: Pick<CaseView, 'of'> }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  return of.laterFees.items.map(item => (
    <SumLine key={item.id} label={t('fee-later', { fee: local(item.label) })} value={item.amount} dim />
  ))
}

function NoRate({ view }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { locale } = usePage()
  const { bill } = view.of
  const missing = isBill(bill) ? 'JOD' : bill.missingRate
  return (
    <Pane id="fee" title={t(title)} step={{ number: 5, state: 'waiting' }} tone="honey">
      <Amounts view={view} />
      <Note tone="honey" small>
        {t('refused-no-exchange-rate', { currency: currencyWord(missing, locale) })}
      </Note>
      <PayIn view={view} />
      <ExceptFee view={view} />
    </Pane>
  )
}

function Gate({ view, bill }: { view: CaseView; bill: Bill }) {
  const t = useTexts(counterTexts)
  return (
    <>
      <BillGate
        bill={bill}
        title={t(title)}
        typed={view.said}
        faults={view.faults}
        received={view.typed.received}
        step={{ number: 5, state: 'now' }}
        order={{ name: 'do', value: 'collect' }}
      />
      <Below view={view} />
    </>
  )
}

/** Nothing is taken without an open till: it is opened here, and what was typed stays. */
function ClosedTill({ view, bill, free }: { view: CaseView; bill: Bill; free: string[] }) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const { draft } = view.of.form
  return (
    <>
      <Pane id="fee" title={t(title)} step={{ number: 5, state: 'now' }} tone="honey">
        {useBillLines(bill).map((line, at) => (
          <SumLine key={String(at)} {...line} />
        ))}
        <SumLine label={t('due-sum')} value={bill.due} total />
        <OpenTill
          till={{ free }}
          action={url(addresses.counterDraftTill, { draft: draft.id })}
          typed={view.said}
          faults={view.faults}
        />
      </Pane>
      <Below view={view} />
    </>
  )
}

function AtTheTill({ view, bill }: { view: CaseView; bill: Bill }) {
  const t = useTexts(counterTexts)
  return (
    <>
      <Pane id="fee" title={t(title)} step={{ number: 5, state: 'waiting' }} tone="honey">
        {useBillLines(bill).map((line, at) => (
          <SumLine key={String(at)} {...line} />
        ))}
        <SumLine label={t('due-sum')} value={bill.due} total />
        <p className="sm mut mt-s">{t('fee-at-till')}</p>
      </Pane>
      <Below view={view} />
    </>
  )
}

function Below({ view }: { view: CaseView }) {
  return (
    <div className="pad">
      {view.mayTake && <PayIn view={view} />}
      <Later view={view} />
      <ExceptFee view={view} />
    </div>
  )
}

/** In which currency it is handed over, where there is a choice. */
function PayIn({ view: { of } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { url, locale } = usePage()
  const ways = waysToPay(of.fees.items)
  if (ways.length < 2) return null
  return (
    <Segments
      label={t('pay-in')}
      links={ways.map(currency => ({
        label: currencyWord(currency, locale),
        href: `${url(addresses.counterDraft, { draft: of.form.draft.id }, { in: currency })}#fee`,
        current: currency === of.payIn,
      }))}
    />
  )
}

function ExceptFee({ view: { of, faults, typed, mayExcept } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (!mayExcept) {
    if (of.exceptors.length === 0) return null
    return (
      <p className="sm mut mt-s">
        {t('fee-who-may', { names: of.exceptors.map(each => local(each.name)).join(t('comma')) })}
      </p>
    )
  }
  return (
    <details className="digest" open={typed.feeReason !== undefined}>
      <summary>{t('except-fee-open')}</summary>
      <LongTextField
        name="feeReason"
        label={t('except-reason')}
        hint={t('except-hint')}
        value={typed.feeReason}
        fault={faultOf(faults, 'feeReason')}
        rows={2}
        tight
      />
      <Button
        variant="quiet"
        name="scope"
        value="fee"
        formAction={url(addresses.counterException, { draft: of.form.draft.id })}
      >
        {t('except-fee')}
      </Button>
    </details>
  )
}
